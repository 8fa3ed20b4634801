// Package pools waits with what the shipped models speak of. Functions whose names end
// in Good must not be flagged.
package pools

import (
	"context"
	"sync"

	"github.com/gammazero/workerpool"
	"github.com/panjf2000/ants/v2"
	"github.com/sourcegraph/conc"
	"github.com/sourcegraph/conc/pool"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"
)

type server struct {
	mu, other sync.Mutex
	n         int
	slots     *semaphore.Weighted
	flight    singleflight.Group
	workers   *workerpool.WorkerPool
	ants      *ants.Pool
	limit     *rate.Limiter
}

func (s *server) count() error {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	return nil
}

func (s *server) group() {
	var g errgroup.Group
	g.Go(s.count)
	s.mu.Lock()
	g.Wait() // want wait-under-lock
	s.mu.Unlock()
}

func (s *server) groupGood() {
	var g errgroup.Group
	s.mu.Lock()
	g.Go(s.count)
	s.mu.Unlock()
	g.Wait()
}

func (s *server) concGroup() {
	var g conc.WaitGroup
	g.Go(func() { s.count() })
	s.mu.Lock()
	g.Wait() // want wait-under-lock
	s.mu.Unlock()
}

func (s *server) concPool() {
	p := pool.New().WithMaxGoroutines(2)
	p.Go(func() { s.count() })
	s.mu.Lock()
	p.Wait() // want wait-under-lock
	s.mu.Unlock()
}

func (s *server) concPoolGood() {
	p := pool.New().WithMaxGoroutines(2)
	p.Go(func() { s.count() })
	p.Wait()
	s.count()
}

func (s *server) twice(ctx context.Context) {
	s.slots.Acquire(ctx, 1)
	s.mu.Lock()
	s.mu.Unlock()
	s.slots.Release(1)
}

func (s *server) held(ctx context.Context) {
	s.mu.Lock()
	s.slots.Acquire(ctx, 1) // want pool-cycle
	s.mu.Unlock()
	s.slots.Release(1)
}

func (s *server) once() {
	s.other.Lock()
	s.flight.Do("key", func() (any, error) { return nil, s.both() })
	s.other.Unlock()
}

func (s *server) both() error {
	s.other.Lock() // want double-lock
	s.other.Unlock()
	return nil
}

func (s *server) nested() {
	s.workers.Submit(func() {
		s.workers.SubmitWait(func() {}) // want queue-cycle
	})
}

func (s *server) drain() {
	s.workers.Submit(func() { s.count() })
	s.mu.Lock()
	s.workers.StopWait() // want queue-cycle
	s.mu.Unlock()
}

func (s *server) slowGood(ctx context.Context) {
	s.limit.Wait(ctx)
	s.count()
}

func (s *server) drainGood() {
	s.workers.Submit(func() { s.count() })
	s.workers.StopWait()
	s.ants.Submit(func() { s.count() })
}
