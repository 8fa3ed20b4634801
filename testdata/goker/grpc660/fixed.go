// Package grpc660 is the repaired form: a call that nobody waits for any more ends with the benchmark.
package grpc660

import "sync"

type benchmark struct {
	stop chan struct{}
	wg   sync.WaitGroup
}

func (b *benchmark) closedLoop(call func() bool) {
	defer b.wg.Done()
	for {
		done := make(chan bool)
		go func() {
			ok := call()
			select {
			case <-b.stop:
			case done <- ok:
			}
		}()
		select {
		case <-b.stop:
			return
		case <-done:
		}
	}
}

// Run stops a benchmark in its loop.
func Run() {
	b := &benchmark{stop: make(chan struct{})}
	b.wg.Add(1)
	go b.closedLoop(func() bool { return true })
	close(b.stop)
	b.wg.Wait()
}
