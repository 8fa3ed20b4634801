// Package moby33781 is the repaired form: the result of a probe fits into its channel, so that the probe ends when the monitor
// has been stopped.
package moby33781

import (
	"context"
	"time"
)

func monitor(stop <-chan struct{}, probe func(context.Context) bool) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Millisecond):
			ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
			results := make(chan bool, 1)
			go func() {
				results <- probe(ctx)
				close(results)
			}()
			select {
			case <-stop:
				cancel()
				return
			case <-results:
				cancel()
			case <-ctx.Done():
				cancel()
				<-results
			}
		}
	}
}

// Run stops a monitor.
func Run() {
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		monitor(stop, func(context.Context) bool { return true })
	}()
	close(stop)
	<-done
}
