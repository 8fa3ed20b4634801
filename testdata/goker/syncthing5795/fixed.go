// Package syncthing5795 is the repaired form: closing says so and waits for nobody; only those outside the dispatcher wait for
// its end.
package syncthing5795

import "sync"

type model interface {
	clusterConfig()
}

type connection struct {
	receiver model
	inbox    chan struct{}
	closed   chan struct{}
	once     sync.Once
	stopped  chan struct{}
}

func newConnection(m model) *connection {
	return &connection{
		receiver: m,
		inbox:    make(chan struct{}),
		closed:   make(chan struct{}),
		stopped:  make(chan struct{}),
	}
}

func (c *connection) dispatcherLoop() {
	defer close(c.stopped)
	for {
		select {
		case <-c.inbox:
			c.receiver.clusterConfig()
		case <-c.closed:
			return
		}
	}
}

func (c *connection) close() {
	c.once.Do(func() { close(c.closed) })
}

type testModel struct {
	onConfig func()
}

func (m *testModel) clusterConfig() {
	if m.onConfig != nil {
		m.onConfig()
	}
}

// Run closes a connection from the handler of its message.
func Run() {
	m := &testModel{}
	c := newConnection(m)
	m.onConfig = c.close
	go c.dispatcherLoop()
	c.inbox <- struct{}{}
	<-c.stopped
}
