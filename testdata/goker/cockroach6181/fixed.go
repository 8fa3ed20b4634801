// Package cockroach6181 is the repaired form: the lookup that holds the read lock prints with the method that takes none.
package cockroach6181

import (
	"io"
	"strconv"
	"sync"
)

type descriptorCache struct {
	mu    sync.RWMutex
	descs map[string]int
}

func (c *descriptorCache) lookup(key string) {
	c.mu.RLock()
	_, _ = io.WriteString(io.Discard, c.stringLocked())
	c.mu.RUnlock()
	c.mu.Lock()
	c.descs[key]++
	c.mu.Unlock()
}

// String prints the cache for those who hold no lock of it.
func (c *descriptorCache) String() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.stringLocked()
}

func (c *descriptorCache) stringLocked() string {
	return strconv.Itoa(len(c.descs))
}

// Run looks up side by side.
func Run() {
	c := &descriptorCache{descs: map[string]int{}}
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.lookup("a")
		}()
	}
	wg.Wait()
	_ = c.String()
}
