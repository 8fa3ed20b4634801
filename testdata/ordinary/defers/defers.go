// Package defers has locks that deferred calls give back, and deferred calls that run
// before or after that.
package defers

import "sync"

type route struct {
	mu    sync.Mutex
	subs  map[string]int
	table *table
}

type table struct {
	mu     sync.Mutex
	routes map[string]*route
}

// Close takes the locks from the table down.
func (t *table) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.routes {
		r.mu.Lock()
		clear(r.subs)
		r.mu.Unlock()
	}
}

func (t *table) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.routes)
}

// Subscribe counts when the locks are given back: what is deferred first runs last. Whether
// the route was locked, hangs on more than one thing.
func (t *table) Subscribe(name string, queue bool) int {
	counted := false
	defer func() {
		if counted {
			t.count()
		}
	}()
	var fresh, use bool
	r := t.find(name)
	if r != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		use = queue || len(r.subs) > 0
	} else if !queue {
		return 0
	} else {
		r = &route{table: t}
		fresh = true
		use = true
	}
	if use {
		if len(r.subs) == 0 {
			r.subs = make(map[string]int)
			if fresh {
				t.store(name, r)
			}
		}
		counted = true
	} else {
		clear(r.subs)
	}
	return len(r.subs)
}

// First counts when the lock is given back. The loop stands in the text before what comes
// after it.
func (t *table) First(names []string, on bool) {
	if on {
		for _, name := range names {
			if name != "" {
				defer t.count()
				break
			}
		}
		r := t.find("first")
		r.mu.Lock()
		defer r.mu.Unlock()
		clear(r.subs)
	}
	t.find("last")
}

func (t *table) find(name string) *route { return t.routes[name] }

func (t *table) store(name string, r *route) { t.routes[name] = r }
