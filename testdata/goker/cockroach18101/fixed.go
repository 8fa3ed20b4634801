// Package cockroach18101 is the repaired form: the sender of spans gives up with the context, as their reader does.
package cockroach18101

import "context"

const chanSize = 6

func restore(ctx context.Context) error {
	ready := make(chan bool, chanSize)
	go func() {
		defer close(ready)
		splitAndScatter(ctx, ready)
	}()
	for range ready {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
	}
	return nil
}

func splitAndScatter(ctx context.Context, ready chan<- bool) {
	for i := range chanSize + 2 {
		select {
		case ready <- i != 0:
		case <-ctx.Done():
			return
		}
	}
}

// Run cancels a restore.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = restore(ctx)
	}()
	cancel()
	<-done
}
