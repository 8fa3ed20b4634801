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

// first has room for what each of a group sends.
func firstGood(tasks []func() error) error {
	errs := make(chan error, len(tasks))
	var g errgroup.Group
	for _, task := range tasks {
		g.Go(func() error {
			err := task()
			errs <- err
			return err
		})
	}
	g.Wait()
	for range tasks {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// first has room for one of them.
func first(tasks []func() error) error {
	if len(tasks) == 0 {
		return nil
	}
	errs := make(chan error)
	var g errgroup.Group
	for _, task := range tasks {
		g.Go(func() error {
			err := task()
			errs <- err // want wait-cycle
			return err
		})
	}
	g.Wait()
	return <-errs
}

// limited has one slot for what starts another.
func limited(task func() error) error {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error {
		g.Go(task)
		return nil
	})
	return g.Wait() // want wait-cycle
}

func limitedGood(task func() error) error {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(task)
	g.Go(task)
	return g.Wait()
}

// weighted takes more than there is.
func weighted(ctx context.Context) {
	s := semaphore.NewWeighted(1)
	done := make(chan struct{})
	s.Acquire(context.Background(), 1)
	go func() {
		s.Acquire(context.Background(), 1) // want pool-cycle
		s.Release(1)
		close(done)
	}()
	<-done // want wait-cycle
	s.Release(1)
}
