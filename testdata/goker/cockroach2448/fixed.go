// Package cockroach2448 is the repaired form: the raft loop keeps the events that it cannot deliver yet and goes on serving
// callbacks, so that neither loop waits for the other inside its own case.
package cockroach2448

import "sync"

type event struct {
	callback func()
}

type multiRaft struct {
	stopper   chan struct{}
	events    chan event
	callbacks chan func()
}

func (m *multiRaft) loop(writes int) {
	pending := make([]event, 0, writes)
	for range writes {
		pending = append(pending, event{callback: m.membershipChanged})
	}
	for {
		var out chan event
		var next event
		if len(pending) > 0 {
			out, next = m.events, pending[0]
		}
		select {
		case <-m.stopper:
			return
		case f := <-m.callbacks:
			f()
		case out <- next:
			pending = pending[1:]
		}
	}
}

func (m *multiRaft) membershipChanged() {
	select {
	case m.callbacks <- func() {}:
	case <-m.stopper:
	}
}

type store struct {
	multiraft *multiRaft
}

func (s *store) processRaft() {
	for {
		select {
		case e := <-s.multiraft.events:
			e.callback()
		case <-s.multiraft.stopper:
			return
		}
	}
}

// Run lets the two loops work for each other until they are stopped.
func Run() {
	m := &multiRaft{stopper: make(chan struct{}), events: make(chan event), callbacks: make(chan func())}
	s := &store{multiraft: m}
	var wg sync.WaitGroup
	wg.Go(func() { m.loop(3) })
	wg.Go(s.processRaft)
	close(m.stopper)
	wg.Wait()
}
