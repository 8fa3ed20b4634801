// Package moby7559 is the repaired form: the lock is given back before the next round when a connection fails.
package moby7559

import (
	"errors"
	"sync"
)

type udpProxy struct {
	connTrackLock sync.Mutex
	conns         map[int]bool
	dial          func(i int) error
}

func (p *udpProxy) run(rounds int) {
	for i := range rounds {
		p.connTrackLock.Lock()
		if err := p.dial(i); err != nil {
			p.connTrackLock.Unlock()
			continue
		}
		p.conns[i] = true
		p.connTrackLock.Unlock()
	}
}

// Run proxies two connections of which one fails.
func Run() {
	p := &udpProxy{conns: map[int]bool{}, dial: func(i int) error {
		if i == 0 {
			return errors.New("refused")
		}
		return nil
	}}
	p.run(2)
}
