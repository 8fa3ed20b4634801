package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// eventManager knows which work queue each event slot belongs to.
type eventManager struct {
	dev   *Device
	slots *slot.Table
	// gate is held while one submission gets all the slots that it needs, so that no two
	// of them wait for each other with half of theirs.
	gate   lock.Mutex
	lock   lock.Spin
	owners [fw.NumSlots]*workQueue
}

func (m *eventManager) init(d *Device) {
	m.dev = d
	m.slots = slot.NewTable("event", 0, d.cfg.EventSlots)
	m.gate.SetName("of event slots")
	m.lock.SetName("of event owners")
}

// get waits for a slot for q.
func (m *eventManager) get(t *sim.Task, q *workQueue, before slot.Token) (slot.Token, error) {
	tok, _, err := m.slots.Get(t, q, before)
	if err != nil {
		return tok, err
	}
	m.lock.Lock(t)
	m.owners[tok.Index] = q
	m.lock.Unlock(t)
	return tok, nil
}

// put gives q's slot back. It is called on the way to fences.
func (m *eventManager) put(t *sim.Task, tok slot.Token) {
	m.lock.Lock(t)
	m.owners[tok.Index] = nil
	m.lock.Unlock(t)
	m.slots.Put(t, tok)
}

func (m *eventManager) owner(t *sim.Task, i int) *workQueue {
	m.lock.Lock(t)
	defer m.lock.Unlock(t)
	return m.owners[i]
}

// stamped passes on that the stamps of slots have moved.
func (m *eventManager) stamped(t *sim.Task, slots fw.Slots) {
	for i := range m.owners {
		if !slots.Has(i) {
			continue
		}
		if q := m.owner(t, i); q != nil {
			q.signal(t, m.dev.shared.Stamps[i])
		}
	}
}

// mark gives everything in flight the error it will end with: err for what runs under
// slot, ErrKilled for the rest.
func (m *eventManager) mark(t *sim.Task, slot int, err error) {
	for i := range m.owners {
		if q := m.owner(t, i); q != nil {
			if i == slot {
				q.mark(t, err)
			} else {
				q.mark(t, ErrKilled)
			}
		}
	}
}

// failAll ends everything in flight with err. The firmware is down.
func (m *eventManager) failAll(t *sim.Task, err error) {
	for i := range m.owners {
		if q := m.owner(t, i); q != nil {
			q.fail(t, err)
		}
	}
}
