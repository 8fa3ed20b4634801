// Package lib is the lower half of a two-package corpus: what it does is known to
// the upper half through facts in one mode and through bodies in the other.
package lib

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is shared by both packages.
type Fence struct{ kern.Fence }

// Job carries one.
type Job struct {
	Fence Fence
	pages []*kern.Page
}

// Grow allocates.
func (j *Job) Grow() {
	j.pages = append(j.pages, kern.Alloc(1, kern.Kernel)) // want(whole) alloc-in-signalling[contract]
}

// Reserve allocates as well, but nobody calls it in a section.
func (j *Job) Reserve() {
	j.pages = append(j.pages, kern.Alloc(1, kern.Kernel))
}

// GrowWith allocates with its caller's flags.
func (j *Job) GrowWith(flags kern.Flags) {
	j.pages = append(j.pages, kern.Alloc(1, flags))
}

// Drop allocates nothing.
func (j *Job) Drop() { j.pages = nil }

// Each calls fn for every page.
func (j *Job) Each(fn func(*kern.Page)) {
	for _, p := range j.pages {
		fn(p)
	}
}

// Begin opens a section for its caller, End closes it.
func Begin() { kern.BeginSignalling() }

// End closes what Begin opened.
func End() { kern.EndSignalling() }

// Device has a lock for both packages.
type Device struct {
	mu   kern.Mutex
	spin kern.Spin
}

// Fill holds the device's lock over an allocation.
func (d *Device) Fill() {
	d.mu.Lock()
	kern.Alloc(1, kern.Kernel)
	d.mu.Unlock()
}

// Lock returns holding.
func (d *Device) Lock() { d.mu.Lock() } // want(whole) lock-in-signalling[contract]

// Unlock releases what Lock took.
func (d *Device) Unlock() { d.mu.Unlock() }

// LockSpin returns holding, and atomic.
func (d *Device) LockSpin() { d.spin.Lock() }

// UnlockSpin releases what LockSpin took.
func (d *Device) UnlockSpin() { d.spin.Unlock() }

// Backend is implemented in the other package.
type Backend interface {
	// Run starts a job.
	//
	//fencelint:runs signalling
	Run(j *Job)
	// Prepare comes before anything is published.
	Prepare(j *Job)
}

// Ops is filled in the other package.
type Ops struct {
	// Complete ends a job.
	//
	//fencelint:runs signalling
	Complete func(j *Job)
}
