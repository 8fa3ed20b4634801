// Package selects waits for several channels: with a default it does not wait.
package selects

import (
	"time"

	"github.com/fencelint/fencelint/testdata/kern"
)

type device struct {
	irq, stop chan int
	spin      kern.Spin
}

// Blocking waits in a section.
func (d *device) Blocking() {
	kern.BeginSignalling()
	select { // want block-in-signalling[breach]
	case <-d.irq:
	case <-d.stop:
	}
	kern.EndSignalling()
}

// Polling has a default.
func (d *device) Polling() {
	kern.BeginSignalling()
	select {
	case <-d.irq:
	case <-d.stop:
	default:
	}
	kern.EndSignalling()
}

// Receive receives in a section.
func (d *device) Receive() {
	kern.BeginSignalling()
	<-d.irq // want block-in-signalling[breach]
	kern.EndSignalling()
}

// Send sends in a section.
func (d *device) Send() {
	kern.BeginSignalling()
	d.stop <- 1 // want block-in-signalling[breach]
	kern.EndSignalling()
}

// Range ranges over a channel in a section.
func (d *device) Range() {
	kern.BeginSignalling()
	for range d.irq { // want block-in-signalling[breach]
		kern.Free(nil)
	}
	kern.EndSignalling()
}

// Outside does all of it outside.
func (d *device) Outside() {
	<-d.irq
	d.stop <- 1
	kern.BeginSignalling()
	kern.EndSignalling()
	select {
	case <-d.irq:
	case d.stop <- 1:
	}
}

// Timed gives up after a while: a bounded stall, which is a warning.
func (d *device) Timed() {
	kern.BeginSignalling()
	select { // want block-in-signalling[breach/warning]
	case <-d.irq:
	case <-time.After(time.Millisecond):
	}
	kern.EndSignalling()
}

// Arm allocates in one arm of a select.
func (d *device) Arm() {
	kern.BeginSignalling()
	select {
	case <-d.irq:
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	default:
	}
	kern.EndSignalling()
}

// Spinning waits with a spin lock held.
func (d *device) Spinning() {
	d.spin.Lock()
	<-d.irq // want sleep-in-atomic[breach]
	d.spin.Unlock()
}

// SpinningPoll does not.
func (d *device) SpinningPoll() {
	d.spin.Lock()
	select {
	case <-d.irq:
	default:
	}
	d.spin.Unlock()
}
