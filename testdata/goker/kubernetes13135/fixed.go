// Package kubernetes13135 is the repaired form: the cacher lists without its lock, so that the watch cache's lock always comes
// first.
package kubernetes13135

import "sync"

type watchCache struct {
	sync.RWMutex
	onReplace func()
	onEvent   func()
	objects   int
}

func (w *watchCache) add() {
	w.Lock()
	defer w.Unlock()
	w.objects++
	if w.onEvent != nil {
		w.onEvent()
	}
}

func (w *watchCache) replace() {
	w.Lock()
	defer w.Unlock()
	w.objects = 0
	if w.onReplace != nil {
		w.onReplace()
	}
}

type reflector struct {
	store *watchCache
}

func (r *reflector) listAndWatch() {
	r.store.replace()
}

type cacher struct {
	mu          sync.Mutex
	usable      bool
	events      int
	initOnce    sync.Once
	initialized chan struct{}
	watchCache  *watchCache
	reflector   *reflector
}

func newCacher() *cacher {
	w := &watchCache{}
	c := &cacher{initialized: make(chan struct{}), watchCache: w, reflector: &reflector{store: w}}
	w.onReplace = c.replaced
	w.onEvent = c.processEvent
	return c
}

func (c *cacher) replaced() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.usable = true
	c.initOnce.Do(func() { close(c.initialized) })
}

func (c *cacher) processEvent() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events++
}

func (c *cacher) startCaching(rounds int) {
	for range rounds {
		c.mu.Lock()
		c.usable = false
		c.mu.Unlock()
		c.reflector.listAndWatch()
	}
}

// Run adds an object while the cacher lists again.
func Run() {
	c := newCacher()
	var wg sync.WaitGroup
	wg.Go(func() { c.startCaching(2) })
	<-c.initialized
	wg.Go(c.watchCache.add)
	wg.Wait()
}
