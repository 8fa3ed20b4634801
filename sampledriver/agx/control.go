package agx

import (
	"errors"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

// roundTripTime is how long the firmware may take to carry out a control message.
const roundTripTime = time.Second

var (
	errNoAnswer    = errors.New("firmware did not answer")
	errControlFull = errors.New("control ring is full")
)

// control is the ring for messages to the firmware itself.
type control struct {
	dev    *Device
	lock   lock.Mutex
	serial uint32 // sent last
	done   uint32 // carried out last
	answer wait.Queue
}

func (c *control) init(d *Device) {
	c.dev = d
	c.lock.SetName("of control channel")
	c.answer.SetName("for firmware answers")
	c.answer.WokenBy(d.mailbox)
}

// send puts m on the ring and returns its serial number. It does not wait.
func (c *control) send(t *sim.Task, m fw.Control) (uint32, error) {
	c.lock.Lock(t)
	c.serial++
	m.Serial = c.serial
	ok := c.dev.shared.Control.Put(m)
	c.lock.Unlock(t)
	if !ok {
		return 0, errControlFull
	}
	c.dev.port.Ring()
	return m.Serial, nil
}

// roundTrip sends m and waits until the firmware has carried it out. The answer comes
// through recv, which must therefore never call it.
func (c *control) roundTrip(t *sim.Task, m fw.Control) error {
	c.dev.stats.RoundTrips++
	serial, err := c.send(t, m)
	if err != nil {
		return err
	}
	if !c.answer.EventTimeout(t, roundTripTime, func() bool { return int32(c.done-serial) >= 0 }) {
		c.dev.stats.RoundTripsLost++
		return errNoAnswer
	}
	return nil
}

// carriedOut notes an answer. The firmware works in order, so earlier messages whose
// answer was lost are done too.
func (c *control) carriedOut(t *sim.Task, serial uint32) {
	c.lock.Lock(t)
	if int32(serial-c.done) > 0 {
		c.done = serial
	}
	c.lock.Unlock(t)
	c.answer.Wake(t)
}

// clear forgets what was not carried out: the firmware is down, and remembers nothing
// that it could have been told to forget.
func (c *control) clear(t *sim.Task) {
	c.lock.Lock(t)
	c.dev.shared.Control.Reset()
	c.done = c.serial
	c.lock.Unlock(t)
	c.answer.Wake(t)
}
