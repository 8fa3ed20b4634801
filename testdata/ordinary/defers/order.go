package defers

import "sync"

type line struct {
	mu    sync.Mutex
	subs  map[string]int
	board *board
}

type board struct {
	mu    sync.Mutex
	lines map[string]*line
}

// Close takes the locks from the board down.
func (b *board) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.lines {
		l.mu.Lock()
		clear(l.subs)
		l.mu.Unlock()
	}
}

func (b *board) count() int {
	b.mu.Lock() // want lock-order[cycle/error]
	defer b.mu.Unlock()
	return len(b.lines)
}

// Subscribe counts with the line locked: what is deferred last runs first.
func (b *board) Subscribe(name string, queue bool) int {
	var fresh, use bool
	l := b.find(name)
	if l != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		use = queue || len(l.subs) > 0
	} else if !queue {
		return 0
	} else {
		l = &line{board: b}
		fresh = true
		use = true
	}
	counted := false
	defer func() {
		if counted {
			b.count()
		}
	}()
	if use {
		if len(l.subs) == 0 {
			l.subs = make(map[string]int)
			if fresh {
				b.store(name, l)
			}
		}
		counted = true
	} else {
		clear(l.subs)
	}
	return len(l.subs)
}

func (b *board) find(name string) *line { return b.lines[name] }

func (b *board) store(name string, l *line) { b.lines[name] = l }
