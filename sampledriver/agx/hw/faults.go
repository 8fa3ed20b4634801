package hw

import (
	"math/rand/v2"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
)

// Faults is how often things go wrong, each in a thousand.
type Faults struct {
	PageFault   int // of commands touch what is not mapped
	Hang        int // of commands never end
	LostIRQ     int // of interrupts are not seen
	Crash       int // of commands take the firmware down with them
	Corrupt     int // of pipe messages arrive garbled
	ControlLost int // of control messages are not carried out
}

// dice decides what goes wrong.
type dice struct {
	faults Faults
	rng    *rand.Rand
}

func (d *dice) roll(perMille int) bool { return perMille > 0 && d.rng.IntN(1000) < perMille }

// command returns the fault that c runs into.
func (d *dice) command(c *fw.Command) fw.Fault {
	switch {
	case c.Fault != fw.NoFault:
		return c.Fault
	case d.roll(d.faults.PageFault):
		return fw.PageFault
	case d.roll(d.faults.Hang):
		return fw.Hang
	}
	return fw.NoFault
}
