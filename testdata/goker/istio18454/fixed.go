// Package istio18454 is the repaired form: the timer's channel is drained only if something is in it, and a reset is asked for
// with the worker's context in view.
package istio18454

import (
	"context"
	"sync"
	"time"
)

type strategy struct {
	ctx    context.Context
	cancel context.CancelFunc
	period time.Duration
	resets chan struct{}
	done   sync.WaitGroup
}

func newStrategy(period time.Duration) *strategy {
	s := &strategy{period: period, resets: make(chan struct{}, 1)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.done.Add(1)
	go s.loop()
	return s
}

func (s *strategy) onChange() {
	select {
	case s.resets <- struct{}{}:
	case <-s.ctx.Done():
	}
}

func (s *strategy) loop() {
	defer s.done.Done()
	timer := time.NewTimer(s.period)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
		case <-s.resets:
			if !timer.Stop() {
				select {
				case <-timer.C:
				default:
				}
			}
			timer.Reset(s.period)
		case <-s.ctx.Done():
			return
		}
	}
}

func (s *strategy) close() {
	s.cancel()
	s.done.Wait()
}

// Run changes a state many times.
func Run() {
	s := newStrategy(time.Nanosecond)
	for range 1024 {
		s.onChange()
	}
	s.close()
}
