// Package etcd7492 is the repaired form: tokens are added under the keeper's own mutex instead of being sent to its loop, and
// the loop deletes expired ones without holding it.
package etcd7492

import (
	"sync"
	"time"
)

type ttlKeeper struct {
	mu      sync.Mutex
	tokens  map[string]time.Time
	stopc   chan struct{}
	donec   chan struct{}
	deleted func(string)
}

func newTTLKeeper(deleted func(string)) *ttlKeeper {
	k := &ttlKeeper{
		tokens:  map[string]time.Time{},
		stopc:   make(chan struct{}),
		donec:   make(chan struct{}),
		deleted: deleted,
	}
	go k.run()
	return k
}

func (k *ttlKeeper) run() {
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	defer close(k.donec)
	for {
		select {
		case <-ticker.C:
			for _, token := range k.expired(time.Now()) {
				k.deleted(token)
			}
		case <-k.stopc:
			return
		}
	}
}

func (k *ttlKeeper) expired(now time.Time) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []string
	for token, end := range k.tokens {
		if now.After(end) {
			out = append(out, token)
			delete(k.tokens, token)
		}
	}
	return out
}

func (k *ttlKeeper) add(token string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tokens[token] = time.Now()
}

func (k *ttlKeeper) stop() {
	close(k.stopc)
	<-k.donec
}

type provider struct {
	mu     sync.Mutex
	users  map[string]string
	keeper *ttlKeeper
}

func (p *provider) assign(user, token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.users[token] = user
	p.keeper.add(token)
}

func (p *provider) remove(token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.users, token)
}

// Run assigns tokens while they expire.
func Run() {
	p := &provider{users: map[string]string{}}
	p.keeper = newTTLKeeper(p.remove)
	defer p.keeper.stop()
	var wg sync.WaitGroup
	for _, token := range []string{"a", "b", "c"} {
		wg.Go(func() { p.assign("user", token) })
	}
	wg.Wait()
}
