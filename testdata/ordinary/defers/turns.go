package defers

import (
	"context"
	"fmt"
	"sync"
)

type set struct {
	mu      sync.RWMutex
	cfg     *config
	members []string

	frozen, late sync.RWMutex
}

type link struct {
	mu   sync.RWMutex
	cfg  *config
	next *link
}

type config struct {
	rules   []string
	version int
}

type sender struct {
	mu     sync.RWMutex
	sets   map[string]*set
	list   []*set
	locked []*set
	first  *link
}

// Send goes on with the next set with this one locked.
func (s *sender) Send(alerts []string) bool {
	var payload []string
	for _, one := range s.sets {
		mine := alerts
		one.mu.RLock()
		if len(one.cfg.rules) > 0 {
			mine = filter(one.cfg.rules, alerts)
			if len(mine) == 0 {
				continue // want missing-unlock[breach/error]
			}
			payload = nil
		}
		switch one.cfg.version {
		case 1:
			payload = mine
		case 2:
			payload = append(payload, mine...)
		default:
			fmt.Println(one.cfg.version)
			one.mu.RUnlock()
			return false
		}
		for _, member := range one.members {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			go func() { deliver(ctx, member, payload) }()
		}
		one.mu.RUnlock()
	}
	return true
}

// SendAll releases it first.
func (s *sender) SendAll(alerts []string) bool {
	for _, one := range s.sets {
		mine := alerts
		one.mu.RLock()
		if len(one.cfg.rules) > 0 {
			mine = filter(one.cfg.rules, alerts)
			if len(mine) == 0 {
				one.mu.RUnlock()
				continue
			}
		}
		if one.cfg.version == 0 {
			one.mu.RUnlock()
			return false
		}
		deliver(context.Background(), "", mine)
		one.mu.RUnlock()
	}
	return true
}

// Freeze keeps those that it leaves locked in a list.
func (s *sender) Freeze(version int) {
	for _, one := range s.list {
		one.frozen.RLock()
		if one.cfg.version == version {
			one.frozen.RUnlock()
			continue
		}
		s.locked = append(s.locked, one)
	}
}

// Deferred leaves them to a deferred call.
func (s *sender) Deferred(version int) {
	for _, one := range s.list {
		one.late.RLock()
		if one.cfg.version == version {
			one.late.RUnlock()
			continue
		}
		defer one.late.RUnlock()
	}
	s.hits()
}

func (s *sender) hits() {}

// Chain goes from one to the next hand over hand.
func (s *sender) Chain(version int) {
	var last *link
	for one := s.first; one != nil; one = one.next {
		one.mu.RLock()
		if last != nil {
			last.mu.RUnlock()
		}
		if one.cfg.version == version {
			one.mu.RUnlock()
			return
		}
		last = one
	}
	last.mu.RUnlock()
}

type shard struct {
	mu   sync.Mutex
	want bool
}

type shards struct{ all []*shard }

// Lock locks those that are wanted, and Unlock releases them.
func (s *shards) Lock() {
	for _, one := range s.all {
		one.mu.Lock()
		if !one.want {
			one.mu.Unlock()
			continue
		}
	}
}

// Unlock is the other half.
func (s *shards) Unlock() {
	for _, one := range s.all {
		if one.want {
			one.mu.Unlock()
		}
	}
}

func filter(rules, alerts []string) []string {
	if len(rules) > 1 {
		return nil
	}
	return alerts
}

func deliver(ctx context.Context, to string, what []string) {
	fmt.Println(ctx, to, what)
}
