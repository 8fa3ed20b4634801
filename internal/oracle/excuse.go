package oracle

import "slices"

// Excuse is an assumption by which fencelint finds what is not there: something that
// docs/limits.md says. It holds of a finding if the deadlock is there in a program that
// differs in just that.
type Excuse struct {
	Name string
	// Says is how the paragraph of docs/limits.md begins.
	Says string
	// others returns programs that differ.
	others func(p *Program) []variant
}

// variant is a program, run in another way.
type variant struct {
	program *Program
	options compileOptions
}

// Excuses returns the assumptions that a false finding can fall under.
func Excuses() []Excuse {
	only := func(options compileOptions) func(*Program) []variant {
		return func(p *Program) []variant { return []variant{{p, options}} }
	}
	return []Excuse{
		{"the size of a pool is not known", "**How many slots a pool has is not known.**", sizes},
		{"classes, not instances", "**Classes, not instances.**", only(compileOptions{merged: true})},
		{"one goroutine counts as several", "**Classes, not instances.**", only(compileOptions{doubled: true})},
		{"several goroutines, and instances", "**Classes, not instances.**", only(compileOptions{merged: true, doubled: true})},
		{"the count of a group is not known", "**State is not tracked.**", only(compileOptions{added: true})},
	}
}

// excuse returns the first assumption that a finding falls under which is not there, "" if
// there is none.
func (o *Outcome) excuse(f *Finding) string {
	for _, e := range Excuses() {
		for _, v := range e.others(o.Program) {
			ref, err := explored(v.program, v.options)
			if err != nil {
				continue
			}
			other := &Outcome{Program: o.Program, Source: o.Source, Reference: ref}
			if slices.ContainsFunc(ref.Deadlocks, func(d Deadlock) bool { return other.names(f, d) }) {
				return e.Name
			}
		}
	}
	return ""
}

// sizes returns programs whose pools have all sizes from one to three, by kind of pool.
func sizes(p *Program) []variant {
	var out []variant
	pools := 0
	for _, t := range p.Types {
		for _, f := range t.Fields {
			if f.Kind == Slots {
				pools++
			}
		}
	}
	for way := range min(1<<pools, 16) {
		n := 0
		out = append(out, variant{program: resized(p, func(int) int {
			n++
			return 1 + way>>(n-1)&1
		})})
	}
	if pools == 0 {
		return nil
	}
	return out
}

// resized returns a program whose pools have other sizes. It shares its statements.
func resized(p *Program, size func(int) int) *Program {
	c := *p
	c.Types = slices.Clone(p.Types)
	for i := range c.Types {
		c.Types[i].Fields = slices.Clone(c.Types[i].Fields)
		for j := range c.Types[i].Fields {
			if f := &c.Types[i].Fields[j]; f.Kind == Slots {
				f.Size = size(f.Size)
			}
		}
	}
	return &c
}
