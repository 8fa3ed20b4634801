// Package conds has waits on a sync.Cond that nobody ends.
package conds

import "sync"

// Silent changes what is waited for and wakes nobody.
func Silent() {
	var mu sync.Mutex
	ready := sync.NewCond(&mu)
	done := false
	go func() {
		mu.Lock()
		done = true
		mu.Unlock()
	}()
	mu.Lock()
	for !done {
		ready.Wait() // want no-partner[breach]
	}
	mu.Unlock()
}

// Signals wakes the waiter.
func Signals() {
	var mu sync.Mutex
	ready := sync.NewCond(&mu)
	done := false
	go func() {
		mu.Lock()
		done = true
		ready.Signal()
		mu.Unlock()
	}()
	mu.Lock()
	for !done {
		ready.Wait()
	}
	mu.Unlock()
}

// Unconditional waits for a wake that may have been.
func Unconditional() {
	var mu sync.Mutex
	ready := sync.NewCond(&mu)
	go func() {
		mu.Lock()
		ready.Broadcast()
		mu.Unlock()
	}()
	mu.Lock()
	ready.Wait() // want no-partner[breach]
	mu.Unlock()
}
