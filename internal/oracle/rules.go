package oracle

import "slices"

// rules notes what a program does where the rules do not allow it: the finite-time rule of
// fences, what reclaim and notifiers may wait for, and that nobody sleeps in atomic code.
// What is owed is told as generously as the rules can be read: it is to excuse findings.
type rules struct {
	m       *machine
	classes []uint64   // by object: the bit of its class
	ahead   [][]uint64 // by thread and instruction: the fences that it may yet signal
	held    [][]uint64 // the classes of locks and pools that may be held there
	frees   [][]uint64 // those of locks that may be given back from there on
	over    uint64     // classes of locks that are held where a fence, memory or a slot is waited for
	overMem uint64     // where memory is
	found   map[*Stmt]bool
	publish map[int]*Stmt    // by fence
	takes   map[uint64]*Stmt // by class, some statement that takes such a lock
}

func newRules(m *machine) *rules {
	r := &rules{m: m, classes: bits(m), found: make(map[*Stmt]bool), publish: make(map[int]*Stmt), takes: make(map[uint64]*Stmt)}
	for _, list := range m.threads {
		ahead, held, frees := make([]uint64, len(list)), make([]uint64, len(list)), make([]uint64, len(list))
		for changed := true; changed; {
			changed = false
			for at := range list {
				in := &list[at]
				out := r.after(in, held[at])
				in.successors(at, func(to int) {
					if add := ahead[at] | ahead[to] | signalled(in); add != ahead[at] {
						ahead[at], changed = add, true
					}
					if add := frees[at] | frees[to] | r.released(in); add != frees[at] {
						frees[at], changed = add, true
					}
					if add := held[to] | out; add != held[to] {
						held[to], changed = add, true
					}
				})
			}
		}
		r.ahead, r.held, r.frees = append(r.ahead, ahead), append(r.held, held), append(r.frees, frees)
		for at := range list {
			switch in := &list[at]; in.code {
			case opAlloc:
				if reclaims(in.n) && !in.region.noReclaim {
					r.over |= held[at]
					r.overMem |= held[at]
				}
			case opFenceWait, opGet:
				r.over |= held[at]
			case opFlush: // no queue here has a rescuer: its work waits for memory
				r.over |= held[at]
				r.overMem |= held[at]
			case opLock, opWriteLock, opReadLock, opTryLock:
				r.takes[r.class(in.object)] = in.stmt
			case opPublish:
				r.publish[in.object] = in.stmt
			case opPush:
				r.queued(in)
			}
		}
	}
	return r
}

// queued notes work that signals a fence: no queue here has a rescuer.
func (r *rules) queued(push *instruction) {
	for at := range r.m.threads[push.other] {
		if in := &r.m.threads[push.other][at]; in.code == opFenceSignal {
			r.found[in.stmt] = true
		}
	}
}

// released returns the class of the lock that an instruction gives back.
func (r *rules) released(in *instruction) uint64 {
	switch in.code {
	case opUnlock, opWriteUnlock, opReadUnlock:
		return r.class(in.object)
	}
	return 0
}

func signalled(in *instruction) uint64 {
	if in.code == opFenceSignal {
		return 1 << in.object
	}
	return 0
}

// bits returns a bit for each class, by object.
func bits(m *machine) []uint64 {
	var out []uint64
	first := make(map[Ref]int) // by type and field
	for i, at := range m.where {
		o := m.program.Objects[i]
		for field, object := range at {
			key := Ref{o.Type, field}
			if m.program.Types[o.Type].Name == "" {
				key = Ref{-1 - i, field} // variables are no class together
			}
			if _, ok := first[key]; !ok {
				first[key] = object
			}
			out = append(out, 1<<first[key])
		}
	}
	return out
}

func (r *rules) class(object int) uint64 { return r.classes[object] }

// after returns which locks may be held after an instruction, by class.
func (r *rules) after(in *instruction, held uint64) uint64 {
	switch in.code {
	case opLock, opWriteLock, opReadLock, opTryLock:
		return held | r.class(in.object)
	case opGet:
		return held | r.class(in.object)
	case opUnlock, opWriteUnlock, opReadUnlock, opPut:
		return held &^ r.class(in.object)
	}
	return held
}

// successors calls visit for every instruction that may come next.
func (in *instruction) successors(at int, visit func(int)) {
	switch in.code {
	case opEnd:
		return
	case opJump:
		visit(in.other)
		return
	case opSelect:
		for _, c := range in.cases {
			visit(c.to)
			visit(c.closed)
		}
		if in.otherwise >= 0 {
			visit(in.otherwise)
		}
		return
	case opTryLock, opIfFlag, opIf, opChoose, opNext:
		visit(in.other)
	}
	visit(at + 1)
}

// look notes what goroutines of a state are about to do and may not.
func (r *rules) look(s *state) {
	for fence, publish := range r.publish {
		if owner := *s.mark(fence); owner > 0 && !slices.ContainsFunc(s.threads, func(t thread) bool { return t.code == owner-1 }) {
			r.found[publish] = true
		}
	}
	r.leaves(s)
	for _, t := range s.threads {
		if in := r.m.at(t); in.stmt != nil && !r.found[in.stmt] && r.breaks(s, t, in) {
			r.found[in.stmt] = true
		}
	}
}

// leaves notes locks that are held, and nobody who is still there may give back.
func (r *rules) leaves(s *state) {
	for i, o := range r.m.objects {
		if o.Kind != Mutex && o.Kind != RWMutex && o.Kind != Spin || *s.value(i) == 0 && *s.mark(i) != writing {
			continue
		}
		if class := r.class(i); !slices.ContainsFunc(s.threads, func(t thread) bool { return r.frees[t.code][t.at]&class != 0 }) {
			r.found[r.takes[class]] = true
		}
	}
}

// breaks reports whether a goroutine may not do what it is about to do.
func (r *rules) breaks(s *state, t thread, in *instruction) bool {
	blocks, locks := false, uint64(0)
	memory := in.code == opAlloc && reclaims(in.n) && !in.region.noReclaim
	switch in.code {
	case opSelect:
		blocks = in.otherwise < 0
	case opPark, opParked, opWait, opGet, opFlush, opFlushing, opSleep:
		blocks = true
	case opLock, opAnnounce, opWriteLock, opReadLock:
		locks = r.class(in.object)
	}
	inReclaim := in.region.reclaim || in.region.notifier
	if inReclaim && (blocks || memory || locks&r.overMem != 0) {
		return true
	}
	if r.inAtomic(t) && (blocks || memory || in.code == opFenceWait || locks != 0 && r.m.objects[in.object].Kind != Spin) {
		return true
	}
	return r.owes(s, t, in) && (blocks || memory || in.code == opFenceWait || locks&r.over != 0)
}

// inAtomic reports whether a goroutine may hold a lock with which nobody sleeps.
func (r *rules) inAtomic(t thread) bool {
	held := r.held[t.code][t.at]
	for i, o := range r.m.objects {
		if o.Kind == Spin && held&r.class(i) != 0 {
			return true
		}
	}
	return false
}

// owes reports whether a fence depends on a goroutine: it may yet signal one that Run has
// made, or has published one that nobody has taken.
func (r *rules) owes(s *state, t thread, in *instruction) bool {
	if in.region.opportunistic {
		return false
	}
	if in.region.signalling {
		return true
	}
	for i, o := range r.m.objects {
		if o.Kind != Fence {
			continue
		}
		if *s.mark(i) == t.code+1 || t.code > 0 && r.ahead[t.code][t.at]&(1<<i) != 0 {
			return true
		}
	}
	return false
}

func (r *rules) breaches(order map[*Stmt]int) []*Stmt {
	var out []*Stmt
	for s := range r.found {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *Stmt) int { return order[a] - order[b] })
	return out
}
