// Package cockroach10790 is the repaired form: who waits for the earlier commands gives up with the context, as those who
// finish them do.
package cockroach10790

import (
	"context"
	"sync"
)

type replica struct {
	chans []chan bool
}

func (r *replica) beginCmds(ctx context.Context) error {
	for _, ch := range r.chans {
		select {
		case <-ch:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (r *replica) finishCmds(ctx context.Context) {
	for _, ch := range r.chans {
		select {
		case ch <- true:
		case <-ctx.Done():
			return
		}
	}
}

// Run cancels a command that waits for others.
func Run() {
	r := &replica{chans: []chan bool{make(chan bool), make(chan bool)}}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { r.finishCmds(ctx) })
	wg.Go(func() { _ = r.beginCmds(ctx) })
	cancel()
	wg.Wait()
}
