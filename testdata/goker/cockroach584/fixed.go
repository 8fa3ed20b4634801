// Package cockroach584 is the repaired form: the mutex is released before the loop is left.
package cockroach584

import "sync"

type gossip struct {
	mu     sync.Mutex
	closed bool
	rounds int
}

func (g *gossip) bootstrap() {
	for {
		g.mu.Lock()
		if g.closed {
			g.mu.Unlock()
			break
		}
		g.rounds++
		g.mu.Unlock()
	}
}

func (g *gossip) manage() {
	for {
		g.mu.Lock()
		if g.closed {
			g.mu.Unlock()
			break
		}
		g.rounds++
		g.mu.Unlock()
	}
}

func (g *gossip) stop() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

// Run bootstraps and manages until stopped.
func Run() {
	g := &gossip{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.bootstrap()
		g.manage()
	}()
	g.stop()
	<-done
}
