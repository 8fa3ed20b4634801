// Package sched declares an interface whose contracts others inherit.
package sched

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is what the scheduler signals.
type Fence struct{ kern.Fence }

// Backend is a driver's half of the scheduler.
type Backend interface {
	// Prepare comes before the job is armed.
	Prepare() error
	// Run starts a job.
	//
	//fencelint:runs signalling
	Run() *Fence
	// TimedOut is called when a job takes too long.
	//
	//fencelint:runs signalling
	TimedOut()
	// Free comes after the job's fence has signalled.
	Free()
	// Interrupt is called by the device.
	//
	//fencelint:runs atomic
	Interrupt()
	// Wait waits for the backend's fence.
	//
	//fencelint:waits f
	Wait(f *Fence)
}

// Base implements a part of Backend for others to embed.
type Base struct{}

// Prepare has nothing to prepare.
func (Base) Prepare() error { return nil }

// TimedOut has nothing to give up.
func (Base) TimedOut() {}

// Free frees nothing.
func (Base) Free() {}

// Interrupt has no device.
func (Base) Interrupt() {}

// Wait waits.
//
//fencelint:waits f
func (Base) Wait(f *Fence) { f.Fence.Wait() }
