package reach

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// binding is what is known of one parameter of a function in a [State].
type binding struct {
	param   int
	class   summary.Class // without a name: nothing known
	flags   summary.Flags
	targets []summary.Target
	truth   summary.Truth
}

func (b binding) empty() bool {
	return b.class.Name == "" && b.truth == summary.Unknown && len(b.flags) == 0 && len(b.targets) == 0
}

// encode writes b so that equal bindings, and no others, read the same.
func (b binding) encode(key *strings.Builder) {
	key.WriteByte('|')
	key.WriteString(strconv.Itoa(b.param))
	if b.class.Name != "" {
		key.WriteByte('=')
		key.WriteString(strconv.Itoa(int(b.class.Kind)))
		key.WriteByte(' ')
		key.WriteString(b.class.Name)
	}
	for _, f := range b.flags {
		key.WriteByte('+')
		key.WriteString(strconv.Itoa(f.Param))
		key.WriteByte('&')
		key.WriteString(strconv.FormatUint(f.And, 16))
		key.WriteByte('^')
		key.WriteString(strconv.FormatUint(f.Or, 16))
	}
	if b.truth != summary.Unknown {
		key.WriteString(b.truth.String())
	}
	for _, t := range b.targets {
		key.WriteByte('>')
		key.WriteString(t.Func)
		if t.Args != "" {
			key.WriteString("[" + string(t.Args) + "]")
		}
	}
}

// bind evaluates what a caller in state st passes, keeping only the parameters that
// matter to the callee.
func (st *State) bind(binds []summary.Bind, callee *summary.Summary) []binding {
	var out []binding
	for _, b := range binds {
		if !slices.Contains(callee.Params, b.Param) {
			continue
		}
		bound := binding{param: b.Param}
		if b.Object != nil {
			if c := st.Class(*b.Object); c.Kind != summary.NoClass {
				bound.class = c
			}
		}
		bound.flags = st.Flags(b.Flags)
		bound.targets = st.instances(b.Targets)
		if b.Object == nil && b.Flags == nil && b.From >= 0 {
			from := st.targets(b.From)
			if len(from) == 0 {
				from = st.instances(b.Otherwise)
			}
			bound.targets = append(bound.targets, from...)
			bound.truth = st.truth(b.From)
		}
		if b.Truth != summary.Unknown {
			bound.truth = b.Truth
		}
		bound.targets = sortedTargets(bound.targets)
		if !bound.empty() {
			out = append(out, bound)
		}
	}
	slices.SortFunc(out, func(a, b binding) int { return cmp.Compare(a.param, b.param) })
	return merge(out)
}

// merge joins the bindings of one parameter: a closure may be handed both a lock and
// a function value in one struct.
func merge(sorted []binding) []binding {
	out := sorted[:0]
	for _, b := range sorted {
		if n := len(out); n > 0 && out[n-1].param == b.param {
			last := &out[n-1]
			if last.class.Name == "" {
				last.class = b.class
			}
			last.flags = append(last.flags, b.flags...)
			last.targets = sortedTargets(append(last.targets, b.targets...))
			continue
		}
		out = append(out, b)
	}
	return out
}

func sortedTargets(targets []summary.Target) []summary.Target {
	slices.SortFunc(targets, func(a, b summary.Target) int {
		return cmp.Or(cmp.Compare(a.Func, b.Func), cmp.Compare(a.Args, b.Args), cmp.Compare(a.Via, b.Via))
	})
	return slices.CompactFunc(targets, func(a, b summary.Target) bool { return a.Func == b.Func && a.Args == b.Args })
}

// instances returns targets as they are where st's function is instantiated as it is.
func (st *State) instances(targets []summary.Target) []summary.Target {
	out := slices.Clone(targets)
	for i := range out {
		out[i].Args = out[i].Args.Within(st.args)
	}
	return out
}

// binding returns what st knows of a parameter.
func (st *State) binding(param int) (binding, bool) {
	for _, b := range st.binds {
		if b.param == param {
			return b, true
		}
	}
	return binding{}, false
}

// Class returns the class of an object of st's function: the caller's where the
// object is one that only a caller can name, and where the caller can.
func (st *State) Class(o summary.Object) summary.Class {
	if o.Open && o.Param >= 0 {
		if b, ok := st.binding(o.Param); ok && b.class.Kind != summary.NoClass {
			return st.space.Renamed(b.class)
		}
	}
	return st.space.Renamed(o.Class)
}

// Rename has all states know classes by what name returns for them.
func (s *Space) Rename(name func(summary.Class) summary.Class) { s.name = name }

// Renamed returns what a class is known by.
func (s *Space) Renamed(c summary.Class) summary.Class {
	if s == nil || s.name == nil {
		return c
	}
	return s.name(c)
}

// Flags returns what is known of flags in st. An alternative that still has a Param
// afterwards is the choice of a caller out of sight.
func (st *State) Flags(flags summary.Flags) summary.Flags {
	var out summary.Flags
	for _, f := range flags {
		b, ok := st.binding(f.Param)
		if f.Param < 0 || !ok || len(b.flags) == 0 {
			out = append(out, f)
			continue
		}
		for _, outer := range b.flags {
			out = append(out, compose(f, outer))
		}
	}
	slices.SortFunc(out, func(a, b summary.Flag) int {
		return cmp.Or(cmp.Compare(a.Param, b.Param), cmp.Compare(a.And, b.And), cmp.Compare(a.Or, b.Or))
	})
	return slices.CompactFunc(out, func(a, b summary.Flag) bool {
		return a.Param == b.Param && a.And == b.And && a.Or == b.Or
	})
}

// compose returns inner with outer put in for its parameter.
func compose(inner, outer summary.Flag) summary.Flag {
	f := summary.Flag{Param: outer.Param, And: outer.And & inner.And, Or: outer.Or&inner.And | inner.Or, Derived: inner.Derived}
	if f.Param < 0 {
		f.And = 0
	}
	return f
}

// truth returns what is known of a bool parameter.
func (st *State) truth(param int) summary.Truth {
	b, _ := st.binding(param)
	return b.truth
}

// Excludes reports whether what callers made of the parameters keeps the function from
// coming to a site.
func (st *State) Excludes(site *summary.Site) bool {
	return len(st.binds) > 0 && slices.ContainsFunc(site.Given, func(g summary.Given) bool {
		known := st.truth(g.Param)
		return known != summary.Unknown && known != summary.TruthOf(g.Holds)
	})
}

// targets returns the functions that a parameter may be.
func (st *State) targets(param int) []summary.Target {
	b, _ := st.binding(param)
	return b.targets
}
