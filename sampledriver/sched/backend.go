package sched

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// Status is what became of a job that ran for too long.
type Status uint8

// The outcomes of [Backend.TimedOut].
const (
	Reset    Status = iota // the hardware was reset; what was in flight has signalled
	NoDevice               // the device is gone
	NoHang                 // the job is merely slow: let it run on
)

// Backend is the driver's side of a scheduler. All but Free are on the way to the
// signal of a fence: they may neither allocate memory that must be reclaimed first
// nor wait for anything that may wait for a fence.
type Backend interface {
	// Prepare returns a further fence to wait for before j can run, or nil.
	//
	//fencelint:runs signalling
	Prepare(t *sim.Task, j *Job) *fence.Fence
	// CanRun reports whether the hardware has room for j. Whoever makes room must call
	// [Scheduler.Wake] afterwards.
	//
	//fencelint:runs signalling
	CanRun(t *sim.Task, j *Job) bool
	// Run gives j to the hardware and returns the fence that signals when it is done.
	// With an error the job is over and its Finished fence signals with that error.
	//
	//fencelint:runs signalling
	Run(t *sim.Task, j *Job) (*fence.Fence, error)
	// TimedOut recovers from a job that ran for too long: from now on the driver sees to
	// it that the hardware fence of j signals. Unless it returns NoHang that has happened
	// when it returns, or is about to.
	//
	//fencelint:runs signalling
	//fencelint:takes j.hardware
	TimedOut(t *sim.Task, j *Job) Status
	// Cancel gives up j, which is on the hardware: its hardware fence signals with
	// [fence.ErrCancelled].
	//
	//fencelint:runs signalling
	//fencelint:signals j.hardware
	Cancel(t *sim.Task, j *Job)
	// Free lets go of what belongs to j. Its Finished fence has signalled. Free may
	// sleep, but no other job runs meanwhile.
	Free(t *sim.Task, j *Job)
}
