// Package etcd5509 is the repaired form: acquire gives the read lock back on the path on which the client is closed.
package etcd5509

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

type client struct {
	mu     sync.RWMutex
	cancel context.CancelFunc
}

func (c *client) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cancel == nil {
		return
	}
	c.cancel()
	c.cancel = nil
}

type remoteClient struct {
	client *client
	mu     sync.Mutex
	conns  int
}

// acquire returns with the client read-locked, so that it cannot close, and without the lock when it is closed.
func (r *remoteClient) acquire() error {
	r.client.mu.RLock()
	if r.client.cancel == nil {
		r.client.mu.RUnlock()
		return errClosed
	}
	r.mu.Lock()
	r.conns++
	r.mu.Unlock()
	return nil
}

func (r *remoteClient) release() {
	r.client.mu.RUnlock()
}

func (r *remoteClient) get() error {
	if err := r.acquire(); err != nil {
		return err
	}
	defer r.release()
	return nil
}

// Run closes a client in use.
func Run() {
	_, cancel := context.WithCancel(context.Background())
	c := &client{cancel: cancel}
	r := &remoteClient{client: c}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = r.get()
	}()
	c.close()
	<-done
}
