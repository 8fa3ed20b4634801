// Package fencelife follows the duty to signal a published fence: on every path it is
// signalled or handed over.
package fencelife

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errBusy = errors.New("busy")

// Fence is published.
type Fence struct{ kern.Fence }

type job struct {
	fence Fence
	empty bool
	n     int
}

// check may fail.
func (j *job) check() error {
	if j.n < 0 {
		return errBusy
	}
	return nil
}

// push takes over.
//
//fencelint:takes j.fence
//fencelint:trusted -- a queue
func push(j *job) { j.n++ }

// tryPush takes over, or fails.
func tryPush(j *job) error {
	if err := j.check(); err != nil {
		return err
	}
	push(j)
	return nil
}

// Skipped forgets the fence where there is nothing to do.
func (j *job) Skipped() {
	kern.Publish(&j.fence.Fence)
	if j.empty {
		return // want never-signalled[breach]
	}
	j.fence.Signal(nil)
}

// Forgotten forgets it altogether.
func (j *job) Forgotten() {
	kern.Publish(&j.fence.Fence)
	j.n++
} // want never-signalled[breach]

// Failed leaves when a step fails.
func (j *job) Failed() error {
	kern.Publish(&j.fence.Fence)
	if err := j.check(); err != nil {
		return err // want fail-after-publish[breach]
	}
	push(j)
	return nil
}

// FailedNew leaves with an error of its own.
func (j *job) FailedNew() error {
	kern.Publish(&j.fence.Fence)
	if j.n > 3 {
		return errBusy // want fail-after-publish[breach]
	}
	push(j)
	return nil
}

// FailedPush leaves when the hand-over itself fails.
func (j *job) FailedPush() error {
	kern.Publish(&j.fence.Fence)
	return tryPush(j) // want fail-after-publish[breach]
}

// Two forgets the second fence where the first fails.
func Two(a, b *job) error {
	kern.Publish(&a.fence.Fence)
	kern.Publish(&b.fence.Fence)
	if err := a.check(); err != nil {
		a.fence.Signal(err)
		return err // want fail-after-publish[breach]
	}
	push(a)
	push(b)
	return nil
}

// Loop forgets those that are empty.
func Loop(jobs []*job) {
	for _, j := range jobs {
		kern.Publish(&j.fence.Fence)
		if j.empty {
			continue
		}
		j.fence.Signal(nil)
	}
} // want never-signalled[breach]

// Signalled signals on both paths.
func (j *job) Signalled() {
	kern.Publish(&j.fence.Fence)
	if j.empty {
		j.fence.Signal(nil)
		return
	}
	j.n++
	j.fence.Signal(nil)
}

// Checked fails before it publishes.
func (j *job) Checked() error {
	if err := j.check(); err != nil {
		return err
	}
	kern.Publish(&j.fence.Fence)
	push(j)
	return nil
}

// WithError signals with the error: that is fine.
func (j *job) WithError() error {
	kern.Publish(&j.fence.Fence)
	if err := j.check(); err != nil {
		j.fence.Signal(err)
		return err
	}
	push(j)
	return nil
}

// Deferred signals at the end, whatever happens.
func (j *job) Deferred() error {
	kern.Publish(&j.fence.Fence)
	defer j.fence.Signal(nil)
	if j.n < 0 {
		return errBusy
	}
	return nil
}

// DeferredLiteral does it in a literal.
func (j *job) DeferredLiteral() (err error) {
	kern.Publish(&j.fence.Fence)
	defer func() { j.fence.Signal(err) }()
	if err = j.check(); err != nil {
		return err
	}
	return nil
}

// finish signals on every path.
func (j *job) finish(err error) {
	if err != nil {
		j.fence.Signal(err)
		return
	}
	j.fence.Signal(nil)
}

// Helper leaves it to a helper.
func (j *job) Helper() error {
	kern.Publish(&j.fence.Fence)
	err := j.check()
	j.finish(err)
	return err
}

// maybe signals on one path only.
func (j *job) maybe() {
	if j.n > 0 {
		j.fence.Signal(nil)
	}
}

// Maybe leaves it to a helper that may not.
func (j *job) Maybe() {
	kern.Publish(&j.fence.Fence)
	j.maybe()
} // want never-signalled[breach]

// Already publishes what is signalled.
func (j *job) Already() {
	j.fence.Signal(nil)
	kern.Publish(&j.fence.Fence)
}

// Handed publishes after the hand-over.
func (j *job) Handed() {
	push(j)
	kern.Publish(&j.fence.Fence)
}

// Alias signals through another name.
func (j *job) Alias() {
	f := &j.fence
	kern.Publish(&f.Fence)
	g := f
	g.Signal(nil)
}

// arm publishes; its caller has the duty.
//
//fencelint:publishes j.fence
func (j *job) arm() { kern.Publish(&j.fence.Fence) }

// Arm hands over what a helper published.
func (j *job) Arm() {
	j.arm()
	push(j)
}

// ArmFailed does not.
func (j *job) ArmFailed() error {
	j.arm()
	if err := j.check(); err != nil {
		return err // want fail-after-publish[breach]
	}
	push(j)
	return nil
}

// Goroutine hands it to a goroutine that signals.
func (j *job) Goroutine() {
	kern.Publish(&j.fence.Fence)
	go j.complete()
}

func (j *job) complete() { j.fence.Signal(nil) }

// Panics leaves by a panic: the program ends.
func (j *job) Panics() {
	kern.Publish(&j.fence.Fence)
	if j.n < 0 {
		panic("negative")
	}
	j.fence.Signal(nil)
}

// Each publishes and hands over in each turn.
func Each(jobs []*job) {
	for _, j := range jobs {
		kern.Publish(&j.fence.Fence)
		push(j)
	}
}

// New returns a fence that nobody has published.
func New() *Fence { return &Fence{} }

type ring struct{ until *Fence }

// seal remembers the fence, publishes it and then does what can fail.
func (j *job) seal(r *ring) error {
	r.until = &j.fence
	kern.Publish(&j.fence.Fence)
	return j.check()
}

// Launch leaves it unsignalled when that has failed.
func (j *job) Launch(r *ring) error {
	if err := j.seal(r); err != nil {
		return err // want fail-after-publish[breach]
	}
	push(j)
	return nil
}

// LaunchSafely signals it then.
func (j *job) LaunchSafely(r *ring) error {
	if err := j.seal(r); err != nil {
		j.fence.Signal(err)
		return err
	}
	push(j)
	return nil
}
