// Package istio17860 is the repaired form: an epoch whose exit nobody collects any more ends with the agent's context.
package istio17860

import (
	"context"
	"sync"
)

type exitStatus int

type agent struct {
	mu       sync.Mutex
	epoch    int
	active   map[int]struct{}
	statusCh chan exitStatus
	epochs   sync.WaitGroup
}

func (a *agent) run(ctx context.Context) {
	for {
		select {
		case status := <-a.statusCh:
			if a.exited(status) == 0 {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (a *agent) exited(status exitStatus) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.active, int(status))
	return len(a.active)
}

func (a *agent) restart(ctx context.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.epoch++
	a.active[a.epoch] = struct{}{}
	a.epochs.Add(1)
	go a.runWait(ctx, a.epoch)
}

func (a *agent) runWait(ctx context.Context, epoch int) {
	defer a.epochs.Done()
	select {
	case a.statusCh <- exitStatus(epoch):
	case <-ctx.Done():
	}
}

// Run restarts an agent twice and gives it up.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	a := &agent{active: map[int]struct{}{}, statusCh: make(chan exitStatus)}
	var wg sync.WaitGroup
	wg.Go(func() { a.run(ctx) })
	a.restart(ctx)
	a.restart(ctx)
	cancel()
	wg.Wait()
	a.epochs.Wait()
}
