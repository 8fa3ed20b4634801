// Package wake says who wakes whom: for every predicate that is waited for, the
// fields it reads, who writes them, and what wake follows each write. It works on
// summaries alone.
//
// The rule behind it is that of wait_event (include/linux/wait.h): who changes what a
// condition reads wakes the queue afterwards.
package wake

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Program is what the table is made from.
type Program struct {
	Model   *model.Set
	Summary func(key string) *summary.Summary
	Funcs   []string // keys of all summaries in sight, sorted
	Whole   bool     // all callers are in sight
	// InSight reports whether everybody who handles a class is in sight.
	InSight func(summary.Class) bool
}

// Wait is a wait for a predicate, with everybody who decides it.
type Wait struct {
	Func  string // key of the function that waits
	Queue summary.Class
	*summary.PredicateWait
	Fields []Field // by name
}

// Field is a field that a predicate reads.
type Field struct {
	Name    string
	Owner   string         // the field that its struct is the value of, "" if that is not known
	Makes   summary.Change // the changes that can make the predicate true
	Zero    bool           // wherever it is read it is asked whether it is 0, or has no elements
	Writers []Writer       // by position
}

// Writer is a write of a field.
type Writer struct {
	summary.Write
	// Owes says that the write can make the predicate true.
	Owes bool
	// Wake is what follows it; nil where it owes none, or none follows on some path.
	Wake *summary.Wake
	// End is the function at whose return the wake was missing, "" where there is one.
	End string
}

// Missing reports whether the write owes a wake that does not follow.
func (w *Writer) Missing() bool { return w.Owes && w.Wake == nil }

// Table returns all waits for predicates, by position.
func Table(p *Program) []Wait {
	t := &table{Program: p, ends: map[string][]end{}, shut: map[summary.Class]bool{}}
	t.scan()
	var waits []Wait
	for _, key := range p.Funcs {
		sum := p.Summary(key)
		if sum == nil {
			continue
		}
		for i := range sum.Waits {
			w := Wait{Func: key, Queue: sum.Waits[i].On.Class, PredicateWait: &sum.Waits[i]}
			if w.Queue.Name == "" {
				continue
			}
			w.Fields = t.fields(&w)
			waits = append(waits, w)
		}
	}
	slices.SortFunc(waits, func(a, b Wait) int { return comparePos(a.Pos, b.Pos) })
	return waits
}

func comparePos(a, b summary.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// table is the state of one Table.
type table struct {
	*Program
	called map[string]bool  // functions whose callers see what they write
	byRun  map[string]bool  // functions that run by themselves
	ends   map[string][]end // by field that is written
	hooks  []hook
	shut   map[summary.Class]bool // what closed has found so far
}

// end is a function after which nobody in sight could still wake, and something that it
// writes. Where it is open, who is out of sight may call it.
type end struct {
	key   string
	write *summary.Write
	open  bool
}

// hook is a callback installed on a fence.
type hook struct {
	fences []summary.Class
	target string
}

func (t *table) scan() {
	t.called, t.byRun = map[string]bool{}, map[string]bool{}
	for _, key := range t.Funcs {
		sum := t.Summary(key)
		if sum == nil {
			continue
		}
		if sum.Crowded {
			t.called[key] = true
		}
		for _, c := range sum.Calls {
			mark(t.called, c.Targets)
			for _, b := range c.Binds {
				mark(t.called, b.Targets)
				mark(t.called, b.Otherwise)
			}
		}
		for _, s := range sum.Spawns {
			mark(t.byRun, s.Targets)
			t.hook(&s)
		}
		for _, w := range sum.Waits {
			mark(t.called, w.Predicate)
		}
	}
	for _, key := range t.Funcs {
		sum := t.Summary(key)
		if sum == nil {
			continue
		}
		t.ended(key, sum.Repeats, false)
		if len(sum.Net.Writes) > 0 && t.isEnd(sum) {
			t.ended(key, sum.Net.Writes, t.isOpen(sum))
		}
	}
}

func (t *table) ended(key string, writes []summary.Write, open bool) {
	for i := range writes {
		w := &writes[i]
		t.ends[w.Field] = append(t.ends[w.Field], end{key: key, write: w, open: open})
	}
}

func mark(set map[string]bool, targets []summary.Target) {
	for _, target := range targets {
		set[target.Func] = true
	}
}

// isEnd reports whether nobody in sight sees what a function leaves to its callers.
func (t *table) isEnd(sum *summary.Summary) bool {
	return !t.called[sum.Func] || t.alone(sum)
}

// isOpen reports whether a function has callers out of sight: a package alone does not
// see those of what it exports.
func (t *table) isOpen(sum *summary.Summary) bool { return !t.Whole && !t.alone(sum) }

// alone reports whether a function leaves nothing to callers: it runs by itself, or they
// know what directives say.
func (t *table) alone(sum *summary.Summary) bool {
	return t.byRun[sum.Func] || t.Model.Contract(sum.Func).HasEffects()
}

// closed reports whether nobody out of sight can wake a queue: they do not have it, and
// nothing that they can call is sure to.
func (t *table) closed(queue summary.Class) bool {
	known, asked := t.shut[queue]
	if asked {
		return known
	}
	shut := t.InSight(queue) && !slices.ContainsFunc(t.Funcs, func(key string) bool {
		sum := t.Summary(key)
		return sum != nil && !t.called[key] && slices.ContainsFunc(sum.Net.Woken, func(w summary.Wake) bool {
			return w.Looks == "" && t.reaches(w.On.Class, queue, map[string]bool{})
		})
	})
	t.shut[queue] = shut
	return shut
}

func (t *table) hook(s *summary.Spawn) {
	if s.Kind != summary.Callback || s.On.Class.Kind != summary.Fence {
		return
	}
	var h hook
	for _, source := range s.Source {
		if sum := t.Summary(source.Func); sum != nil {
			h.fences = append(h.fences, sum.Net.Returns...)
		}
	}
	if len(h.fences) == 0 {
		h.fences = []summary.Class{s.On.Class}
	}
	for _, target := range s.Targets {
		h.target = target.Func
		t.hooks = append(t.hooks, h)
	}
}

// bare reports whether a class is the fence type itself: nothing is known of which
// fence it is.
func (t *table) bare(c summary.Class) bool {
	said := t.Model.Type(c.Name)
	return said != nil && said.Fence
}

// fields returns what a predicate reads, with everybody who writes it.
func (t *table) fields(w *Wait) []Field {
	reads := map[place]*Field{}
	for i := range w.Reads {
		note(reads, &w.Reads[i], w.Reads[i].Makes)
	}
	seen := map[visit]bool{}
	for _, target := range w.Predicate {
		t.read(visit{target.Func, summary.Rises}, reads, seen)
	}
	var out []Field
	for _, p := range slices.SortedFunc(maps.Keys(reads), place.compare) {
		f := *reads[p]
		f.Writers = t.writers(w, &f)
		out = append(out, f)
	}
	return out
}

// place is a field, and the field that its struct is the value of.
type place struct{ field, owner string }

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.field, q.field), cmp.Compare(p.owner, q.owner))
}

// visit is a function that a predicate calls, and what change of its result can make
// the predicate true.
type visit struct {
	key   string
	makes summary.Change
}

// note adds that a predicate reads a field, and what change of it can make the predicate true.
func note(reads map[place]*Field, r *summary.Read, makes summary.Change) {
	at := place{r.Field, r.Owner}
	f := reads[at]
	if f == nil {
		f = &Field{Name: r.Field, Owner: r.Owner, Zero: true}
		reads[at] = f
	}
	f.Makes |= makes
	f.Zero = f.Zero && r.Zero
}

func (t *table) read(v visit, reads map[place]*Field, seen map[visit]bool) {
	sum := t.Summary(v.key)
	if sum == nil || seen[v] {
		return
	}
	seen[v] = true
	for i := range sum.Reads {
		note(reads, &sum.Reads[i], through(sum.Reads[i].Makes, v.makes))
	}
	for _, c := range sum.Calls {
		for _, target := range c.Targets {
			t.read(visit{target.Func, through(c.Sense, v.makes)}, reads, seen)
		}
	}
}

// through composes what makes an inner value true with what of the inner value makes
// the outer one true.
func through(inner, outer summary.Change) summary.Change {
	switch {
	case inner == 0 || inner == summary.Any || outer == 0 || outer == summary.Any:
		return summary.Any
	case outer == summary.Falls:
		return summary.Any &^ inner
	}
	return inner
}

// untilZero reports whether what is waited for is that the field is 0, or has no elements.
func (f *Field) untilZero() bool { return f.Zero && f.Makes == summary.Falls }

// Own reports whether a field belongs to the type that has the queue, or to what only
// that type is made of: its package keeps it to itself.
func (f *Field) Own(w *Wait) bool { return owner(f.Name) == owner(w.Queue.Name) }

// owner is the full name of the type that a field is of.
func owner(field string) string {
	if i := strings.LastIndexByte(field, '.'); i >= 0 {
		return field[:i]
	}
	return field
}
