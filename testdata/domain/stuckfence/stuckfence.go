// Package stuckfence has fences and work queues that functions make for themselves, and what
// they hand to functions that directives speak for.
package stuckfence

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

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
	go func() { j.fence.Wait() }()
	j.fence.Wait() // want no-partner[breach]
	j.fence.Signal(nil)
}

// Alone makes nothing but a fence, and starts nobody.
func Alone() {
	var f kern.Fence
	f.Wait() // want no-partner[breach]
}

// AloneSignalled has signalled it before.
func AloneSignalled() {
	var f kern.Fence
	f.Signal(nil)
	f.Wait()
}

// pending are fences that others signal.
var pending []*kern.Fence

// AloneStored has put it where others find it.
func AloneStored() {
	f := new(kern.Fence)
	pending = append(pending, f)
	f.Wait()
}

// AloneTimed gives up in the end.
func AloneTimed() bool {
	var f kern.Fence
	return f.WaitFor(10)
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

// Short has one thing less queued than it waits for.
func Short() {
	j := &job{ch: make(chan int)}
	var q kern.WorkQueue
	q.Push(func() { j.ch <- 1 })
	<-j.ch
	<-j.ch // want no-partner[breach]
}

type worker struct {
	//fencelint:workqueue ordered
	queue kern.WorkQueue
	mu    sync.Mutex
	ch    chan int
}

// InTurn receives what was sent by the work before.
func InTurn() {
	w := &worker{ch: make(chan int, 1)}
	var wg sync.WaitGroup
	wg.Add(1)
	w.queue.Push(func() { w.ch <- 1 })
	w.queue.Push(func() {
		select {
		case <-w.ch:
			wg.Done()
		default:
		}
	})
	wg.Wait()
}

// AnyTurn has nobody say which of them is first.
func AnyTurn() {
	w := &worker{ch: make(chan int, 1)}
	var q kern.WorkQueue
	var wg sync.WaitGroup
	wg.Add(1)
	q.Push(func() { w.ch <- 1 })
	q.Push(func() {
		select {
		case <-w.ch:
			wg.Done()
		default:
		}
	})
	wg.Wait() // want no-partner[breach]
}

// Flushed waits for the work to be done.
func Flushed() {
	w := &worker{ch: make(chan int, 1)}
	w.queue.Push(func() { w.ch <- 1 })
	w.queue.Flush()
	select {
	case <-w.ch:
	default:
		<-make(chan int)
	}
}

// Locked flushes with the lock held that the work takes.
func Locked() {
	w := &worker{}
	w.mu.Lock()
	w.queue.Push(func() {
		w.mu.Lock()
		w.mu.Unlock()
	})
	w.queue.Flush() // want queue-cycle[cycle]
	w.mu.Unlock()
}

// Released has captured what it holds when it hands a literal to somebody who may keep it.
func Released() {
	w := &worker{}
	go func() {
		w.mu.Lock()
		kern.Each(1, func(int) { _ = w.ch })
		w.mu.Unlock()
	}()
	w.mu.Lock()
	w.mu.Unlock()
}

// Called has it run before the function returns.
func Called() {
	j := &job{ch: make(chan int, 2)}
	kern.Each(2, func(int) { j.ch <- 1 })
	<-j.ch
	<-j.ch
}
