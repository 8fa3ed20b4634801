// Package grpc1424 is the repaired form: the watcher closes the done channel when it returns.
package grpc1424

import "sync"

type balancer interface {
	notify() <-chan bool
}

type roundRobin struct {
	addrs chan bool
}

func (r *roundRobin) notify() <-chan bool {
	return r.addrs
}

type addrConn struct {
	mu   sync.Mutex
	down bool
}

func (a *addrConn) tearDown() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.down = true
}

type clientConn struct {
	balancer balancer
	conns    []*addrConn
}

func (c *clientConn) watch(done chan struct{}) {
	defer close(done)
	for range c.balancer.notify() {
		for _, a := range c.conns {
			a.tearDown()
		}
	}
}

func dial(b *roundRobin) {
	c := &clientConn{balancer: b, conns: []*addrConn{{}}}
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		done := make(chan struct{})
		go c.watch(done)
		<-done
	}()
	close(b.addrs)
	<-ready
}

// Run dials with a balancer that goes away.
func Run() {
	dial(&roundRobin{addrs: make(chan bool)})
}
