// Package moby30408 is the repaired form: a failed activation ends the wait for it too, and every end wakes the waiters.
package moby30408

import (
	"errors"
	"sync"
)

type plugin struct {
	activateWait *sync.Cond
	activateErr  error
	manifest     []string
}

func newPlugin() *plugin {
	return &plugin{activateWait: sync.NewCond(&sync.Mutex{})}
}

func (p *plugin) activated() bool {
	return p.manifest != nil || p.activateErr != nil
}

func (p *plugin) waitActive() error {
	p.activateWait.L.Lock()
	defer p.activateWait.L.Unlock()
	for !p.activated() {
		p.activateWait.Wait()
	}
	return p.activateErr
}

func (p *plugin) activate(manifest []string, err error) {
	p.activateWait.L.Lock()
	p.manifest, p.activateErr = manifest, err
	p.activateWait.L.Unlock()
	p.activateWait.Broadcast()
}

// Run waits for a plugin whose activation fails.
func Run() {
	p := newPlugin()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = p.waitActive()
	}()
	p.activate(nil, errors.New("no such plugin"))
	<-done
}
