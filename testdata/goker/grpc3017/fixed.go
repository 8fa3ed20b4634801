// Package grpc3017 is the repaired form: the timer's function gives the mutex back when its deletion was called off.
package grpc3017

import (
	"sync"
	"time"
)

type cacheEntry struct {
	conn   int
	cancel func()
	abort  bool
}

type cache struct {
	mu      sync.Mutex
	timeout time.Duration
	entries map[string]*cacheEntry
	addrs   map[int]string
}

func (c *cache) newSubConn(addr string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[addr]; ok {
		e.cancel()
		delete(c.entries, addr)
		return e.conn
	}
	conn := len(c.addrs) + 1
	c.addrs[conn] = addr
	return conn
}

func (c *cache) removeSubConn(conn int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	addr, ok := c.addrs[conn]
	if !ok {
		return
	}
	if _, ok := c.entries[addr]; ok {
		return
	}
	e := &cacheEntry{conn: conn}
	c.entries[addr] = e
	timer := time.AfterFunc(c.timeout, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if e.abort {
			return
		}
		delete(c.addrs, conn)
		delete(c.entries, addr)
	})
	e.cancel = func() {
		if !timer.Stop() {
			e.abort = true
		}
	}
}

// Run removes and takes back a connection.
func Run() {
	c := &cache{timeout: time.Nanosecond, entries: map[string]*cacheEntry{}, addrs: map[int]string{}}
	conn := c.newSubConn("a")
	for range 100 {
		c.removeSubConn(conn)
		conn = c.newSubConn("a")
	}
}
