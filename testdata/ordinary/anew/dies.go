package anew

import "sync"

// order is taken before and after a lock that is made anew.
var order sync.Mutex

// Crosses makes a lock with the first held: who has it waits for that. It takes the two on a way
// to a panic as well, which is not what is shown.
func Crosses(broken bool) {
	order.Lock()
	defer order.Unlock()
	across(broken)
}

func across(broken bool) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		order.Lock()
		order.Unlock()
		mu.Unlock()
	}()
	if broken {
		order.Lock() // want double-lock[cycle/error]
		mu.Lock()
		panic("broken")
	}
	mu.Lock() // want lock-order[cycle/error]
	mu.Unlock()
}
