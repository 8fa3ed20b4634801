// Package life has more of the life of published fences: many at once, in lists, maps
// and structs, through helpers and interfaces.
package life

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errBusy = errors.New("busy")

// Fence is published.
type Fence struct{ kern.Fence }

type job struct {
	fence *Fence
	deps  []*Fence
	n     int
}

// check may fail.
func check(n int) error {
	if n < 0 {
		return errBusy
	}
	return nil
}

// Loops publishes all, then signals all.
func Loops(fs []*Fence) {
	for _, f := range fs {
		kern.Publish(&f.Fence)
	}
	for _, f := range fs {
		f.Signal(nil)
	}
}

// Fresh makes one, publishes it and signals it.
func Fresh() *Fence {
	f := &Fence{}
	kern.Publish(&f.Fence)
	f.Signal(nil)
	return f
}

// FreshFailed makes one and fails.
func FreshFailed(n int) (*Fence, error) {
	f := &Fence{}
	kern.Publish(&f.Fence)
	if err := check(n); err != nil {
		return nil, err // want fail-after-publish[breach]
	}
	kern.Take(&f.Fence)
	return f, nil
}

// FreshChecked fails before.
func FreshChecked(n int) (*Fence, error) {
	f := &Fence{}
	if err := check(n); err != nil {
		return nil, err
	}
	kern.Publish(&f.Fence)
	kern.Take(&f.Fence)
	return f, nil
}

// FreshReturned hands it to the caller with its duty: the directive says so.
//
//fencelint:publishes ret0
func FreshReturned() *Fence {
	f := &Fence{}
	kern.Publish(&f.Fence)
	return f
}

// Returned forgets what it was handed.
func Returned(n int) {
	f := FreshReturned()
	if n < 0 {
		return // want never-signalled[breach]
	}
	f.Signal(nil)
}

// ReturnedGood does not.
func ReturnedGood() {
	f := FreshReturned()
	f.Signal(nil)
}

// Switch settles in each case but one.
func Switch(f *Fence, n int) {
	kern.Publish(&f.Fence)
	switch n {
	case 0:
		f.Signal(nil)
	case 1:
		kern.Take(&f.Fence)
	case 2:
		return // want never-signalled[breach]
	default:
		f.Signal(errBusy)
	}
}

// settler settles through an interface with a contract.
type settler interface {
	//fencelint:takes f
	settle(f *Fence)
}

// Interface hands it over.
func Interface(s settler, f *Fence) {
	kern.Publish(&f.Fence)
	s.settle(f)
}

// Func hands it over through a field with a contract.
type ops struct {
	//fencelint:takes f
	push func(f *Fence)
	look func(f *Fence)
}

// Func does.
func Func(o *ops, f *Fence) {
	kern.Publish(&f.Fence)
	o.push(f)
}

// finish is a helper two calls deep.
func finish(f *Fence, err error) { finishOne(f, err) }

func finishOne(f *Fence, err error) { f.Signal(err) }

// Deep leaves it to the helper.
func Deep(f *Fence, n int) error {
	kern.Publish(&f.Fence)
	err := check(n)
	finish(f, err)
	return err
}

// DeferredHelper defers it.
func DeferredHelper(f *Fence, n int) error {
	kern.Publish(&f.Fence)
	defer finish(f, nil)
	return check(n)
}

// Retry publishes in a loop and leaves it in the middle.
func Retry(f *Fence, n int) error {
	for range n {
		kern.Publish(&f.Fence)
		if err := check(n); err != nil {
			return err // want fail-after-publish[breach]
		}
		f.Signal(nil)
	}
	return nil
}

// Twice signals twice, which is no loss.
func Twice(f *Fence) {
	kern.Publish(&f.Fence)
	f.Signal(nil)
	f.Signal(nil)
}

// Struct publishes a fence in a struct that it made.
func Struct(n int) error {
	j := &job{fence: &Fence{}, n: n}
	kern.Publish(&j.fence.Fence)
	if err := check(j.n); err != nil {
		return err // want fail-after-publish[breach]
	}
	j.fence.Signal(nil)
	return nil
}

// StructGood signals on both paths.
func StructGood(n int) error {
	j := &job{fence: &Fence{}, n: n}
	kern.Publish(&j.fence.Fence)
	err := check(j.n)
	if err != nil {
		j.fence.Signal(err)
		return err
	}
	j.fence.Signal(nil)
	return nil
}

// Named leaves with a named result that was set before.
func Named(f *Fence, n int) (err error) {
	kern.Publish(&f.Fence)
	err = check(n)
	if err != nil {
		return // want fail-after-publish[breach]
	}
	f.Signal(nil)
	return
}

// Joined fails by a flag that is set from an error.
func Joined(f *Fence, n int) bool {
	kern.Publish(&f.Fence)
	ok := check(n) == nil
	f.Signal(nil)
	return ok
}

// Recover signals when it recovers, and otherwise too.
func Recover(f *Fence, n int) {
	kern.Publish(&f.Fence)
	defer func() {
		if recover() != nil {
			f.Signal(errBusy)
			return
		}
		f.Signal(nil)
	}()
	if n < 0 {
		panic("negative")
	}
}

// Selected publishes and leaves by one of two cases.
func Selected(f *Fence, stop, done chan int) {
	kern.Publish(&f.Fence)
	select {
	case <-stop:
		return // want never-signalled[breach]
	case <-done:
		f.Signal(nil)
	default:
		f.Signal(errBusy)
	}
}

// Feed keeps the channels in use.
func Feed(stop, done chan int) {
	stop <- 1
	done <- 1
}

// Handed publishes all, then hands all over.
func Handed(jobs []*job) {
	for _, j := range jobs {
		kern.Publish(&j.fence.Fence)
	}
	for _, j := range jobs {
		kern.Take(&j.fence.Fence)
	}
}

// Some hands over only some of them.
func Some(jobs []*job) {
	for _, j := range jobs {
		kern.Publish(&j.fence.Fence)
		if j.n > 0 {
			kern.Take(&j.fence.Fence)
		}
	}
} // want never-signalled[breach]
