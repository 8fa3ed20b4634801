package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// eventManager knows which work queue each event slot belongs to.
type eventManager struct {
	dev    *Device
	slots  *slot.Table
	lock   lock.Spin
	owners [fw.NumSlots]*workQueue
}

func (m *eventManager) init(d *Device) {
	m.dev = d
	m.slots = slot.NewTable("event", 0, d.cfg.EventSlots, d.cfg.Policy)
	m.lock.SetName("of event owners")
}

// get waits until the work queues of q have event slots for so many commands each.
func (m *eventManager) get(t *sim.Task, q *queue, commands [fw.Kinds]int) error {
	var claims [fw.Kinds]slot.Claim
	wanted := make([]*slot.Claim, 0, fw.Kinds)
	for kind, n := range commands {
		if n > 0 {
			claims[kind] = slot.Claim{Owner: &q.work[kind].event, Users: n}
			wanted = append(wanted, &claims[kind])
		}
	}
	if err := m.slots.Get(t, q.priority, wanted...); err != nil {
		return err
	}
	for kind, n := range commands {
		if n > 0 && claims[kind].State != slot.Shared {
			m.assign(t, &q.work[kind])
		}
	}
	return nil
}

// assign has the stamps of the slot that q has got lead to q.
func (m *eventManager) assign(t *sim.Task, q *workQueue) {
	m.lock.Lock(t)
	m.owners[q.event.Index()] = q
	m.lock.Unlock(t)
	q.restamp(t)
}

// put ends one command's use of q's slot. It is called on the way to fences.
func (m *eventManager) put(t *sim.Task, q *workQueue) {
	m.lock.Lock(t)
	if m.slots.Put(t, &q.event) {
		m.owners[q.event.Index()] = nil
	}
	m.lock.Unlock(t)
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
