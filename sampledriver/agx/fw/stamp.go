package fw

// Stamp counts the finished commands of a work queue. The firmware writes it to the
// queue's event slot; the low byte holds flags, so it grows by [StampStep], and it
// wraps around.
type Stamp uint32

// StampStep is the distance between the stamps of two commands.
const StampStep Stamp = 0x100

// Next is the stamp of the command after the one of s.
func (s Stamp) Next() Stamp { return s + StampStep }

// Reached reports whether s is at or past target. It is right as long as the two are
// less than half of the number space apart, however often it has wrapped.
func (s Stamp) Reached(target Stamp) bool { return int32(s-target) >= 0 }
