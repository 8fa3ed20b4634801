// Package contexts has waits that end with a context, or do not.
package contexts

import "context"

// Cancels ends the sender when it leaves.
func Cancels(parent context.Context, n int) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	ch := make(chan int)
	go produce(ctx, ch)
	for range n {
		select {
		case <-ch:
		case <-parent.Done():
			return
		}
	}
}

func produce(ctx context.Context, ch chan<- int) {
	for i := 0; ; i++ {
		select {
		case ch <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Forgets to cancel what nobody else can.
func Forgets() int {
	ctx, cancel := context.WithCancel(context.Background())
	_ = cancel
	ch := make(chan int)
	go supply(ctx, ch)
	return <-ch
}

func supply(ctx context.Context, ch chan<- int) {
	for i := 0; ; i++ {
		select { // want no-partner[breach]
		case ch <- i:
		case <-ctx.Done():
			return
		}
	}
}

// Deadline may always come.
func Deadline(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
