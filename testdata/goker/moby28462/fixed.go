// Package moby28462 is the repaired form: the monitor is told to stop by closing its channel, which waits for nobody.
package moby28462

import "sync"

type health struct {
	stop chan struct{}
}

func (h *health) openMonitorChannel() chan struct{} {
	if h.stop == nil {
		h.stop = make(chan struct{})
	}
	return h.stop
}

func (h *health) closeMonitorChannel() {
	if h.stop != nil {
		close(h.stop)
		h.stop = nil
	}
}

type container struct {
	sync.Mutex
	health *health
	probes int
}

func (c *container) monitor(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			c.handleProbe()
		}
	}
}

func (c *container) handleProbe() {
	c.Lock()
	defer c.Unlock()
	c.probes++
}

func (c *container) stateChanged() {
	c.Lock()
	defer c.Unlock()
	c.health.closeMonitorChannel()
}

// Run stops a container that is being probed.
func Run() {
	c := &container{health: &health{}}
	stop := c.health.openMonitorChannel()
	var wg sync.WaitGroup
	wg.Go(func() { c.monitor(stop) })
	wg.Go(c.stateChanged)
	wg.Wait()
}
