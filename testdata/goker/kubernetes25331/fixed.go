// Package kubernetes25331 is the repaired form: the error is passed on in a select with the context, which is cancelled after.
package kubernetes25331

import (
	"context"
	"errors"
	"sync"
)

type watchChan struct {
	ctx     context.Context
	cancel  context.CancelFunc
	results chan error
	errs    chan error
}

func newWatchChan() *watchChan {
	ctx, cancel := context.WithCancel(context.Background())
	return &watchChan{ctx: ctx, cancel: cancel, results: make(chan error), errs: make(chan error)}
}

func (w *watchChan) fail(err error) {
	select {
	case w.errs <- err:
	case <-w.ctx.Done():
	}
}

func (w *watchChan) stop() {
	w.cancel()
}

func (w *watchChan) run() {
	select {
	case err := <-w.errs:
		select {
		case w.results <- err:
		case <-w.ctx.Done():
		}
		w.cancel()
	case <-w.ctx.Done():
	}
}

// Run stops a watch that fails.
func Run() {
	w := newWatchChan()
	var wg sync.WaitGroup
	wg.Go(w.run)
	wg.Go(func() { w.fail(errors.New("gone")) })
	w.stop()
	wg.Wait()
}
