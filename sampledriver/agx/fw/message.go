package fw

// Run tells the firmware that a queue has new commands. It goes over the pipe of the
// queue's priority and kind.
type Run struct {
	Queue *Queue
	// Corrupt is planted: the firmware cannot make sense of the message.
	Corrupt bool
}

// ControlKind is the kind of a [Control] message.
type ControlKind uint8

// The control messages.
const (
	// DestroyContext drops what the firmware has cached of an address space.
	DestroyContext ControlKind = iota
	// FlushCaches writes back what the GPU has cached of memory about to be unmapped.
	FlushCaches
	// GrowRefused answers [GrowBuffer]: there are no more blocks.
	GrowRefused
)

// Control is a message to the firmware itself.
type Control struct {
	Kind    ControlKind
	Serial  uint32 // echoed in ControlDone
	Context int
	Buffer  *Buffer
}

// EventKind is the kind of an [Event].
type EventKind uint8

// The events.
const (
	// Stamped says that the stamps of the slots in Slots have moved.
	Stamped EventKind = iota
	// Faulted says that the command behind Slot touched an address it may not.
	Faulted
	// TimedOut says that the command behind Slot ran for too long.
	TimedOut
	// GrowBuffer asks for more blocks for Buffer.
	GrowBuffer
	// ChannelError says that a message over a pipe made no sense.
	ChannelError
	// ControlDone says that the control message Serial was carried out.
	ControlDone
	// Drained says that a pipe has room again.
	Drained
)

// Event is a message from the firmware. After a fault or a timeout it halts, until
// the driver lets it go on.
type Event struct {
	Kind    EventKind
	Slots   Slots
	Slot    int
	Address uint64
	Buffer  *Buffer
	Serial  uint32
}

// Slots is a set of event slots.
type Slots [NumSlots / 64]uint64

// Add puts slot into s.
func (s *Slots) Add(slot int) { s[slot/64] |= 1 << (slot % 64) }

// Has reports whether slot is in s.
func (s Slots) Has(slot int) bool { return s[slot/64]&(1<<(slot%64)) != 0 }

// Empty reports whether no slot is in s.
func (s Slots) Empty() bool { return s == Slots{} }
