// Package etcd6857 is the repaired form: a status request gives up when the node is done.
package etcd6857

import "sync"

type status struct{}

type node struct {
	status chan chan status
	stop   chan struct{}
	done   chan struct{}
}

func (n *node) Status() status {
	c := make(chan status)
	select {
	case n.status <- c:
		return <-c
	case <-n.done:
		return status{}
	}
}

func (n *node) run() {
	for {
		select {
		case c := <-n.status:
			c <- status{}
		case <-n.stop:
			close(n.done)
			return
		}
	}
}

func (n *node) Stop() {
	select {
	case n.stop <- struct{}{}:
	case <-n.done:
		return
	}
	<-n.done
}

// Run asks a node for its status while it stops.
func Run() {
	n := &node{status: make(chan chan status), stop: make(chan struct{}), done: make(chan struct{})}
	var wg sync.WaitGroup
	wg.Go(n.run)
	wg.Go(func() { n.Status() })
	wg.Go(n.Stop)
	wg.Wait()
}
