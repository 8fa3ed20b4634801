// Package istio16224 is the repaired form: the handler announces the event after it has released the lock that the receiver
// takes first.
package istio16224

import "sync"

type event int

type monitor struct {
	handlers []func(event)
	events   chan event
}

func (m *monitor) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case e := <-m.events:
			for _, h := range m.handlers {
				h(e)
			}
		}
	}
}

func (m *monitor) schedule(e event) {
	m.events <- e
}

// Run handles one event.
func Run() {
	m := &monitor{events: make(chan event)}
	done := make(chan bool)
	var mu sync.Mutex
	seen := 0
	m.handlers = append(m.handlers, func(event) {
		mu.Lock()
		seen++
		mu.Unlock()
		done <- true
	})
	stop := make(chan struct{})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		m.run(stop)
	}()
	m.schedule(0)
	mu.Lock()
	_ = seen
	mu.Unlock()
	<-done
	close(stop)
	<-finished
}
