// Package fence is dma_fence (drivers/dma-buf/dma-fence.c): one-shot completions that
// every driver may wait for, also while it reclaims memory.
package fence

import (
	"errors"
	"fmt"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Context is a timeline: fences of one context signal in the order of their sequence
// numbers, and share the lock under which they signal.
type Context struct {
	name string
	lock lock.Spin
	last uint64
}

// NewContext returns a timeline on which no fence is yet.
func NewContext(name string) *Context {
	c := &Context{name: name}
	c.lock.SetName("of fence context " + name)
	return c
}

// Fence is a one-shot completion. It is embedded in what completes, and usable after
// Init.
//
//fencelint:fence
type Fence struct {
	ctx        *Context
	seqno      uint64
	signalled  bool
	err        error
	at         time.Duration // when it signalled
	waiters    []*sim.Task
	callbacks  []*Callback
	signallers []waitfor.Node
}

// Callback is called when a fence signals.
type Callback struct {
	fn    func(t *sim.Task, f *Fence)
	fence *Fence // on which it is installed, nil when it is not
}

// ErrCancelled is the error of a fence whose work was given up.
var ErrCancelled = errors.New("cancelled")

// Init puts f at the end of timeline c.
//
//fencelint:trusted -- the inside of the fence
func (f *Fence) Init(t *sim.Task, c *Context) {
	c.last++
	*f = Fence{ctx: c, seqno: c.last}
	watch(t.Machine()).add(f)
}

// Discard gives up a fence that nobody else could reach, such as that of a job that was
// never pushed. It need not signal.
//
//fencelint:trusted -- the inside of the fence
func (f *Fence) Discard(t *sim.Task) {
	if len(f.waiters) > 0 || len(f.callbacks) > 0 {
		t.Trip("discards " + f.String() + ", for which others wait")
	}
	watch(t.Machine()).remove(f)
}

// SignalledBy tells the wait-for graph who will signal f: tasks, work queues or
// interrupts, of which any one is enough. It replaces what was said before.
func (f *Fence) SignalledBy(parties ...waitfor.Node) { f.signallers = parties }

// Signal completes f and runs its callbacks; only the first call does anything, and
// it reports that it did.
//
//fencelint:signals f
//fencelint:trusted -- the inside of the fence
func (f *Fence) Signal(t *sim.Task) bool {
	f.ctx.lock.Lock(t)
	first := !f.signalled
	if first {
		f.signalled = true
		f.at = t.Now()
		callbacks := f.callbacks
		f.callbacks = nil
		for _, cb := range callbacks {
			cb.fence = nil
			cb.fn(t, f)
		}
		watch(t.Machine()).remove(f)
		if t.Tracing() {
			t.Mark("signal " + f.String())
		}
	}
	f.ctx.lock.Unlock(t)
	for _, w := range f.waiters {
		w.Unpark()
	}
	f.waiters = nil
	t.Preempt()
	return first
}

// SetError gives f the error with which it will signal.
func (f *Fence) SetError(t *sim.Task, err error) {
	if f.signalled {
		t.Trip("sets the error of " + f.String() + ", which has signalled")
		return
	}
	f.err = err
}

// Wait sleeps until f has signalled and returns its error.
//
//fencelint:waits f
//fencelint:trusted -- the inside of the fence
func (f *Fence) Wait(t *sim.Task) error {
	t.MightSleep("Fence.Wait")
	t.Preempt()
	for !f.signalled {
		f.park(t, sim.Wait{On: f, Text: "Wait"})
	}
	return f.err
}

// WaitTimeout sleeps until f has signalled or d has passed; it reports whether f has.
//
//fencelint:waits f bounded
//fencelint:trusted -- the inside of the fence
func (f *Fence) WaitTimeout(t *sim.Task, d time.Duration) bool {
	t.MightSleep("Fence.WaitTimeout")
	t.Preempt()
	for deadline := t.Now() + d; !f.signalled && t.Now() < deadline; {
		f.park(t, sim.Wait{On: f, Text: "WaitTimeout", Timeout: deadline - t.Now()})
	}
	return f.signalled
}

//fencelint:trusted -- the inside of the fence
func (f *Fence) park(t *sim.Task, w sim.Wait) {
	f.waiters = append(f.waiters, t)
	t.Park(w)
}

// IsSignalled reports whether f has signalled.
func (f *Fence) IsSignalled() bool { return f.signalled }

// Err is the error that f has signalled with, or will.
func (f *Fence) Err() error { return f.err }

// Seqno is f's place on its timeline.
func (f *Fence) Seqno() uint64 { return f.seqno }

// SignalledAt is the virtual time at which f signalled.
func (f *Fence) SignalledAt() time.Duration { return f.at }

// AddCallback has fn called when f signals, by whoever signals it, under the lock of
// f's context. It returns nil, and fn will not be called, if f has signalled.
//
//fencelint:calls fn in atomic async
//fencelint:trusted -- the inside of the fence
func (f *Fence) AddCallback(t *sim.Task, fn func(t *sim.Task, f *Fence)) *Callback {
	f.ctx.lock.Lock(t)
	var cb *Callback
	if !f.signalled {
		cb = &Callback{fn: fn, fence: f}
		f.callbacks = append(f.callbacks, cb)
	}
	f.ctx.lock.Unlock(t)
	return cb
}

// RemoveCallback takes cb off f again. It reports false when cb was called already.
//
//fencelint:trusted -- the inside of the fence
func (f *Fence) RemoveCallback(t *sim.Task, cb *Callback) bool {
	f.ctx.lock.Lock(t)
	found := cb.fence == f
	if found {
		cb.fence = nil
		for i, c := range f.callbacks {
			if c == cb {
				f.callbacks = append(f.callbacks[:i], f.callbacks[i+1:]...)
				break
			}
		}
	}
	f.ctx.lock.Unlock(t)
	return found
}

func (f *Fence) String() string {
	if f.ctx == nil {
		return "fence"
	}
	return fmt.Sprintf("fence %s:%d", f.ctx.name, f.seqno)
}

// Needs makes the fence a node of the wait-for graph.
func (f *Fence) Needs() waitfor.Needs {
	if f.signalled {
		return waitfor.Free()
	}
	return waitfor.Any(f.signallers...)
}
