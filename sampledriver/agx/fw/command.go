package fw

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/uat"
)

// Kind is a kind of work, and with it the engine that does it.
type Kind uint8

// The kinds of work.
const (
	Vertex Kind = iota
	Fragment
	Compute
	Kinds = 3
)

var kindNames = [Kinds]string{"vertex", "fragment", "compute"}

func (k Kind) String() string { return kindNames[k] }

// Fault is a way in which a command goes wrong.
type Fault uint8

// The faults of a command.
const (
	NoFault Fault = iota
	PageFault
	Hang
)

var faultNames = [...]string{"none", "page fault", "hang"}

func (f Fault) String() string { return faultNames[f] }

// Barrier is an event that a command waits for before it starts.
type Barrier struct {
	Slot  int
	Stamp Stamp
}

// Buffer is the tiled vertex buffer of a render, shared by its vertex and fragment
// work. Without enough blocks the firmware renders in parts.
type Buffer struct {
	Slot   int // of the buffer manager
	Blocks int // the driver has given it
	Used   int // the firmware would have liked at most, its statistics
}

// Command is one entry of a work queue's ring.
type Command struct {
	Kind    Kind
	Stamp   Stamp // reached when the command has ended
	Context int   // of the address space
	After   []Barrier
	Touches []uat.Address
	Buffer  *Buffer
	Needs   int // blocks of Buffer
	Work    time.Duration
	Fault   Fault // planted
}

// Queue is the firmware's view of a work queue.
type Queue struct {
	Kind     Kind
	Priority int
	Slot     int // the event slot that its stamps go to, while it has work
	Ring     *Ring[*Command]
}
