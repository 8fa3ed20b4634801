// Package hugo3251 is the repaired form: the lock of one URL is taken after the lock of the table is released.
package hugo3251

import "sync"

type remoteLock struct {
	sync.RWMutex
	m map[string]*sync.Mutex
}

func (l *remoteLock) lockURL(url string) {
	l.Lock()
	mu, ok := l.m[url]
	if !ok {
		mu = &sync.Mutex{}
		l.m[url] = mu
	}
	l.Unlock()
	mu.Lock()
}

func (l *remoteLock) unlockURL(url string) {
	l.RLock()
	defer l.RUnlock()
	if mu, ok := l.m[url]; ok {
		mu.Unlock()
	}
}

type cache struct {
	lock  *remoteLock
	fetch func(url string) error
}

func (c *cache) get(url string) error {
	c.lock.lockURL(url)
	defer c.lock.unlockURL(url)
	return c.fetch(url)
}

// Run fetches one URL from many goroutines.
func Run() {
	c := &cache{
		lock:  &remoteLock{m: map[string]*sync.Mutex{}},
		fetch: func(string) error { return nil },
	}
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() { _ = c.get("http://example.org") })
	}
	wg.Wait()
}
