package fw

import "github.com/fencelint/fencelint/sampledriver/agx/uat"

// The limits of hardware and firmware.
const (
	NumSlots    = 128 // event slots
	NumContexts = 64  // address spaces; 0 is the driver's own
	NumBuffers  = 127 // buffer manager slots
	NumJobs     = 127 // jobs in a work queue at a time
	QueueRing   = 0x500
	PipeRing    = 0x100
	EventRing   = 0x100
	ControlRing = 0x20
	Priorities  = 4
)

// Shared is the memory that driver and firmware share.
type Shared struct {
	Stamps   [NumSlots]Stamp
	Contexts [NumContexts]*uat.Table
	Pipes    [Priorities][Kinds]*Ring[Run]
	Control  *Ring[Control]
	Events   *Ring[Event]
	// Crowded has a bit for each pipe that the driver found full: the firmware sends
	// Drained when it has taken a message from it.
	Crowded [Priorities][Kinds]bool
}

// NewShared returns memory with empty rings.
func NewShared() *Shared {
	s := &Shared{Control: NewRing[Control](ControlRing), Events: NewRing[Event](EventRing)}
	for p := range s.Pipes {
		for k := range s.Pipes[p] {
			s.Pipes[p][k] = NewRing[Run](PipeRing)
		}
	}
	return s
}

// Port is how the driver reaches the firmware other than through memory: the mailbox
// and a few registers. Each is a write to a register or a read of one: it may be used
// in any context.
type Port interface {
	// Ring tells the firmware that there are messages.
	Ring()
	// Resume lets a firmware that has halted after a fault go on; it gives up every
	// command of every queue and moves the stamps as if they had been done.
	Resume()
	// Abort stops the engines' work for q; the driver empties its ring.
	Abort(q *Queue)
	// Halt stops the firmware and the engines where they are. It takes a
	// moment; Halted says when it is done.
	Halt()
	Halted() bool
	// Boot starts the firmware from nothing. It knows no queues and no caches.
	Boot()
}
