// Package kubernetes5316 is the repaired form: the answer of a request fits into its channel, so that it can be given when the
// one who asked has gone.
package kubernetes5316

import (
	"errors"
	"time"
)

var errTimeout = errors.New("timeout")

func finishRequest(timeout time.Duration, request func() (int, error)) (int, error) {
	ch := make(chan int, 1)
	errCh := make(chan error, 1)
	go func() {
		if n, err := request(); err != nil {
			errCh <- err
		} else {
			ch <- n
		}
	}()
	select {
	case n := <-ch:
		return n, nil
	case err := <-errCh:
		return 0, err
	case <-time.After(timeout):
		return 0, errTimeout
	}
}

// Run makes a request that takes longer than its caller waits.
func Run() {
	_, _ = finishRequest(time.Microsecond, func() (int, error) {
		time.Sleep(time.Millisecond)
		return 1, nil
	})
}
