package reach

import (
	"encoding/binary"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// Follow calls yield for every operation on one certain object that can be reached
// from where start begins, nearest first as in [Space.Walk]. The object is one of the
// function that start is in; what is reached through functions that cannot name it,
// or not for certain, is left out.
func (s *Space) Follow(start *Start, object summary.Object, yield func(*Path, *summary.Op)) {
	if object.Instance == "" {
		return
	}
	f := &follower{object: object, seen: map[string]bool{}}
	f.push(&Path{State: start.State, Start: start}, nil)
	for next := range f.queue.all() {
		f.expand(s, next.path, next.names, yield)
	}
}

type follower struct {
	object summary.Object
	queue  queue[followed]
	seen   map[string]bool
	visit  []byte // room for what is looked up there
}

// followed is a path, and what the object is to its function.
type followed struct {
	path  *Path
	names []name
}

func (f *follower) push(p *Path, names []name) { f.queue.push(p.cost(), followed{p, names}) }

func (f *follower) expand(s *Space, p *Path, names []name, yield func(*Path, *summary.Op)) {
	sum := p.State.Summary
	for i := range sum.Ops {
		if op := &sum.Ops[i]; p.covers(&op.Site) && f.is(op.On, p, names) {
			yield(p, op)
		}
	}
	instance := ""
	if p.Up == nil {
		instance = f.object.Instance
	}
	for i := range sum.Calls {
		c := &sum.Calls[i]
		if !p.covers(&c.Site) {
			continue
		}
		for _, h := range s.callees(p.State, i) {
			given := handed(c, h.to.Summary, instance, names)
			if len(given) == 0 && !f.object.Global() {
				continue
			}
			if !f.comes(h.to, given) {
				continue
			}
			next := &Path{Up: p, Call: c, Via: h.via, State: h.to, Start: p.Start, dynamic: p.dynamic, length: p.length + 1}
			if h.dynamic() {
				next.dynamic++
			}
			f.push(next, given)
		}
	}
}

// comes reports whether it is the first time that a state is come to with those names.
func (f *follower) comes(to *State, names []name) bool {
	f.visit = binary.AppendUvarint(f.visit[:0], uint64(to.id))
	for _, n := range names {
		f.visit = binary.AppendVarint(f.visit, int64(n.param))
		f.visit = binary.AppendVarint(f.visit, int64(n.as))
		for _, text := range [...]string{n.path, n.of} {
			f.visit = binary.AppendUvarint(f.visit, uint64(len(text)))
			f.visit = append(f.visit, text...)
		}
	}
	if f.seen[string(f.visit)] {
		return false
	}
	f.seen[string(f.visit)] = true
	return true
}

// is reports whether an object of the path's function is the one that is followed.
func (f *follower) is(o summary.Object, p *Path, names []name) bool {
	if o.Class.Kind != f.object.Class.Kind {
		return false
	}
	if p.Up == nil || f.object.Global() {
		return o.Instance == f.object.Instance
	}
	return fixed(o) && slices.Contains(names, name{param: o.Param, path: o.Path})
}
