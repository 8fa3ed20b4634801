package loops

import "sync"

// Decided keeps a lock from one round to the next, where three decisions say so.
func Decided(n int, first, second, third bool) {
	var other, mu sync.Mutex
	if first {
		other.Lock()
		other.Unlock()
	}
	if second {
		other.Lock()
		other.Unlock()
	}
	if third {
		other.Lock()
		other.Unlock()
	}
	for range n {
		if first && second && third {
			mu.Lock() // want double-lock[cycle/error]
		}
	}
	mu.Unlock()
}

// DecidedOnce gives it back.
func DecidedOnce(n int, first, second, third bool) {
	var other, mu sync.Mutex
	if first {
		other.Lock()
		other.Unlock()
	}
	if second {
		other.Lock()
		other.Unlock()
	}
	if third {
		other.Lock()
		other.Unlock()
	}
	for range n {
		if first && second && third {
			mu.Lock()
			mu.Unlock()
		}
	}
}
