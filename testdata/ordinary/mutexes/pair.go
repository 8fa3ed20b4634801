package mutexes

import "sync"

// account is locked before or after another one.
type account struct {
	mu  sync.Mutex
	sum int
}

func move(from, to *account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want lock-order[cycle]
	defer to.mu.Unlock()
	from.sum -= n
	to.sum += n
}

// Both moves both ways at once.
func Both() {
	a, b := &account{sum: 1}, &account{sum: 1}
	var all sync.WaitGroup
	all.Go(func() { move(a, b, 1) })
	all.Go(func() { move(b, a, 1) })
	all.Wait()
}

func moveIn(from, to *account, n int) {
	from.mu.Lock()
	from.sum -= n
	from.mu.Unlock()
	to.mu.Lock()
	to.sum += n
	to.mu.Unlock()
}

// InTurn moves both ways at once, one lock at a time.
func InTurn() {
	a, b := &account{sum: 1}, &account{sum: 1}
	var all sync.WaitGroup
	all.Go(func() { moveIn(a, b, 1) })
	all.Go(func() { moveIn(b, a, 1) })
	all.Wait()
}
