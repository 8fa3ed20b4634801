// Package etcd10492 is the repaired form: the lessor is unlocked while its checkpointer runs.
package etcd10492

import (
	"context"
	"sync"
)

type checkpointer func(ctx context.Context)

type lessor struct {
	mu          sync.RWMutex
	checkpoints int
	cp          checkpointer
}

func (l *lessor) checkpoint() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.checkpoints++
}

func (l *lessor) setCheckpointer(cp checkpointer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cp = cp
}

func (l *lessor) renew(ctx context.Context) {
	l.mu.RLock()
	cp := l.cp
	l.mu.RUnlock()
	if cp != nil {
		cp(ctx)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.checkpoints = 0
}

// Run renews a lease whose checkpointer comes back to the lessor.
func Run() {
	l := &lessor{}
	l.setCheckpointer(func(context.Context) { l.checkpoint() })
	l.renew(context.Background())
}
