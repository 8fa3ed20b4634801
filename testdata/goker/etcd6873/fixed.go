// Package etcd6873 is the repaired form: stop waits for the loop after it has released the mutex that the loop takes.
package etcd6873

import "sync"

type broadcast struct{}

type broadcasts struct {
	mu        sync.Mutex
	coalesced int
	updatec   chan *broadcast
	donec     chan struct{}
}

func newBroadcasts() *broadcasts {
	b := &broadcasts{updatec: make(chan *broadcast, 1), donec: make(chan struct{})}
	go func() {
		defer close(b.donec)
		for wb := range b.updatec {
			b.coalesce(wb)
		}
	}()
	return b
}

func (b *broadcasts) coalesce(*broadcast) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.coalesced++
}

func (b *broadcasts) update(wb *broadcast) {
	select {
	case b.updatec <- wb:
	default:
	}
}

func (b *broadcasts) stop() {
	b.mu.Lock()
	close(b.updatec)
	b.mu.Unlock()
	<-b.donec
}

// Run stops broadcasts that have an update.
func Run() {
	b := newBroadcasts()
	b.update(&broadcast{})
	b.stop()
}
