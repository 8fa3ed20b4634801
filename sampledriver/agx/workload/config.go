// Package workload drives the sample driver as users would: clients with queues that
// submit renders and compute jobs, wait for them, share fences and use memory, while
// memory is short and the hardware misbehaves. One configuration with one seed gives
// one run.
package workload

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx"
	"github.com/fencelint/fencelint/sampledriver/agx/hw"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// Config says what a run consists of.
type Config struct {
	Seed    uint64
	Clients int
	// Queues and Objects are per client. Objects have up to ObjectPages pages.
	Queues, Objects, ObjectPages int
	// Duration is how long clients go on submitting, in virtual time.
	Duration time.Duration
	// MaxJobs ends a client earlier; 0 means no limit.
	MaxJobs int
	// Depth is how many jobs a client lets be in flight before it waits.
	Depth int
	// Render is the chance in a hundred that a command is a render, Share the one that a
	// job waits for another client's, User the one that an object is user memory.
	Render, Share, User int
	// Work is the mean time that a command takes the GPU.
	Work time.Duration
	// Kill is the chance in a hundred that a client is killed in the middle.
	Kill int
	// Hog is how many pages a task outside of the driver takes and gives back all the
	// time.
	Hog int

	Memory kmem.Config
	Device agx.Config
	Faults hw.Faults
	// StepLimit ends a run that does not end by itself; 0 means the simulator's own.
	StepLimit uint64
	Trace     func(sim.Event)
	Advance   func(time.Duration)
}

// Default is a light load on a machine with enough memory.
func Default() Config {
	return Config{
		Clients: 4, Queues: 2, Objects: 6, ObjectPages: 8,
		Duration: 200 * time.Millisecond, Depth: 4,
		Render: 60, Share: 10, User: 20, Work: 500 * time.Microsecond,
	}
}

// Heavy is a short load that leaves neither memory nor slots nor hardware in peace.
func Heavy() Config {
	return Config{
		Clients: 4, Queues: 2, Objects: 5, ObjectPages: 6,
		Duration: 20 * time.Millisecond, MaxJobs: 8, Depth: 3,
		Render: 60, Share: 30, User: 30, Work: 300 * time.Microsecond,
		Kill: 15, Hog: 20,
		Memory: kmem.Config{Total: 96, Min: 4, Low: 12, High: 20, FailPercent: 1, ReclaimPercent: 10},
		Device: agx.Config{
			Timeout: 300 * time.Millisecond,
			VMSlots: 2, EventSlots: 5, BufferSlots: 2, JobSlots: 4,
			GarbagePages: 8, GarbageObjects: 12,
		},
		StepLimit: 1_000_000, // fifty times what a run takes
		Faults:    hw.Faults{PageFault: 20, Hang: 10, LostIRQ: 20, Crash: 5, Corrupt: 10, ControlLost: 50},
	}
}
