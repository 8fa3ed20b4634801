package locks

import "sync"

type table struct {
	mu   sync.RWMutex
	next *table
	jobs map[string]*job
}

type job struct {
	sync.Mutex
	state int
}

var global sync.Mutex

func straight(t *table, j *job) {
	t.mu.Lock()
	j.Lock()
	j.Unlock()
	t.mu.Unlock()
	after()
}

func branches(t *table, yes bool) {
	if yes {
		t.mu.RLock()
	}
	after()
	if yes {
		t.mu.RUnlock()
	}
}

func early(t *table, yes bool) bool {
	t.mu.Lock()
	if yes {
		return false
	}
	t.mu.Unlock()
	return true
}

func deferred(t *table) {
	t.mu.Lock()
	defer t.mu.Unlock()
	global.Lock()
	defer global.Unlock()
	after()
}

func try(t *table) {
	if !t.mu.TryLock() {
		after()
		return
	}
	after()
	t.mu.Unlock()
}

func trySaved(t *table) {
	ok := t.mu.TryRLock()
	if ok {
		after()
		t.mu.RUnlock()
	}
}

func (t *table) lock()   { t.mu.Lock() }
func (t *table) unlock() { t.mu.Unlock() }

func helped(t *table) {
	t.lock()
	after()
	t.unlock()
	after()
}

func handOver(t *table) {
	t.mu.Lock()
	for n := t.next; n != nil; n = n.next {
		n.mu.Lock()
		t.mu.Unlock()
		t = n
	}
	t.mu.Unlock()
}

func each(t *table) {
	for name, j := range t.jobs {
		j.Lock()
		_ = name
		after()
		j.Unlock()
	}
}

func given(mu *sync.Mutex) {
	mu.Lock()
	after()
	mu.Unlock()
}

func gives(j *job) {
	given(&global)
	given(&j.Mutex)
	var local sync.Mutex
	given(&local)
}

func locker(l sync.Locker, j *job) {
	l.Lock()
	defer l.Unlock()
	after()
}

func lockers(j *job) { locker(j, j) }

func literal(t *table) {
	t.mu.Lock()
	defer t.mu.Unlock()
	func() {
		after()
		t.next.mu.Lock()
	}()
	f := func() { t.mu.Lock() }
	f()
	later := t.unlock
	later()
	defer (*table).unlock(t)
}

func after() {}

func (t *table) lockIfAny() bool {
	t.mu.Lock()
	if len(t.jobs) == 0 {
		t.mu.Unlock()
		return false
	}
	return true
}

func locksIfAny(t *table) {
	if !t.lockIfAny() {
		after()
		return
	}
	after()
	t.mu.Unlock()
}

func forgetsToUnlock(t *table, yes bool) {
	if t.lockIfAny() {
		if yes {
			return
		}
		t.mu.Unlock()
	}
}

type guard struct{ t *table }

func hold(t *table) *guard {
	t.mu.Lock()
	return &guard{t}
}

func (g *guard) drop() { g.t.mu.Unlock() }

func guarded(t *table) {
	g := hold(t)
	after()
	g.drop()
	after()
}
