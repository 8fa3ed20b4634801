// Package kubernetes70277 is the repaired form: the channel that tells the poller to stop is closed by the one who waits, on
// every way out.
package kubernetes70277

import "time"

type waitFunc func(done <-chan struct{}) <-chan struct{}

func waitFor(wait waitFunc, condition func() (bool, error), stop <-chan struct{}) error {
	done := make(chan struct{})
	defer close(done)
	c := wait(done)
	for {
		select {
		case _, open := <-c:
			ok, err := condition()
			if err != nil || ok || !open {
				return err
			}
		case <-stop:
			return nil
		}
	}
}

func poller(interval, timeout time.Duration) waitFunc {
	return func(done <-chan struct{}) <-chan struct{} {
		ch := make(chan struct{})
		go func() {
			defer close(ch)
			tick := time.NewTicker(interval)
			defer tick.Stop()
			after := time.NewTimer(timeout)
			defer after.Stop()
			for {
				select {
				case <-tick.C:
					select {
					case ch <- struct{}{}:
					default:
					}
				case <-after.C:
					return
				case <-done:
					return
				}
			}
		}()
		return ch
	}
}

// Run polls for a condition that holds at once, and sees the poller told so.
func Run() {
	stop := make(chan struct{})
	defer close(stop)
	var doneCh <-chan struct{}
	wait := poller(time.Millisecond, 80*time.Millisecond)
	_ = waitFor(func(done <-chan struct{}) <-chan struct{} {
		doneCh = done
		return wait(done)
	}, func() (bool, error) { return true, nil }, stop)
	<-doneCh
}
