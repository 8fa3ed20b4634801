// Package stuckfence has fences that functions make for themselves, and what they hand to
// functions that directives speak for.
package stuckfence

import "github.com/fencelint/fencelint/testdata/kern"

type job struct {
	fence kern.Fence
	ch    chan int
}

// Left waits for a fence whose only signaller may have left.
func Left(failed bool) {
	j := &job{}
	go func() {
		if failed {
			return
		}
		j.fence.Signal(nil)
	}()
	j.fence.Wait() // want no-partner[breach]
}

// Signalled waits for one that is signalled on every path.
func Signalled(failed bool) {
	j := &job{}
	go func() {
		defer j.fence.Signal(nil)
		if failed {
			return
		}
	}()
	j.fence.Wait()
}

// Itself is the one who signals, after it has waited.
func Itself() {
	j := &job{}
	go func() { j.fence.Wait() }() // want no-partner[breach]
	j.fence.Wait() // want no-partner[breach]
	j.fence.Signal(nil)
}

// Ordered receives what was sent before the fence was signalled.
func Ordered() {
	j := &job{ch: make(chan int, 1)}
	go func() {
		j.ch <- 1 // want block-in-signalling[breach]
		j.fence.Signal(nil)
	}()
	j.fence.Wait()
	select {
	case <-j.ch:
	default:
		<-make(chan int)
	}
}

// Taken is signalled by whoever took it over.
func Taken() {
	j := &job{}
	kern.Publish(&j.fence)
	kern.Take(&j.fence)
	go func() {}()
	j.fence.Wait()
}

// Spawned has the sender run by a function that directives speak for.
func Spawned() {
	j := &job{ch: make(chan int)}
	kern.Spawn(func() { j.ch <- 1 })
	<-j.ch
}

// Queued has it run on a work queue.
func Queued(q *kern.WorkQueue) {
	j := &job{ch: make(chan int)}
	q.Push(func() { j.ch <- 1 })
	<-j.ch
}

// Called has it run before the function returns.
func Called() {
	j := &job{ch: make(chan int, 2)}
	kern.Each(2, func(int) { j.ch <- 1 })
	<-j.ch
	<-j.ch
}
