// Package early has goroutines whose partner may have returned.
package early

import (
	"errors"
	"time"
)

var errTimeout = errors.New("timeout")

// Timeout leaves when the time is up; the sender does not know.
func Timeout(work func() int) (int, error) {
	result := make(chan int)
	go func() {
		result <- work() // want no-partner[breach]
	}()
	select {
	case n := <-result:
		return n, nil
	case <-time.After(time.Second):
		return 0, errTimeout
	}
}

// Buffered has room for what nobody takes.
func Buffered(work func() int) (int, error) {
	result := make(chan int, 1)
	go func() { result <- work() }()
	select {
	case n := <-result:
		return n, nil
	case <-time.After(time.Second):
		return 0, errTimeout
	}
}

// First takes one of many results.
func First(ask []func() int) int {
	answers := make(chan int)
	for _, f := range ask {
		go func() { answers <- f() }() // want no-partner[breach]
	}
	return <-answers // want no-partner[breach/warning]
}

// All takes as many as were started.
func All(ask []func() int) (sum int) {
	answers := make(chan int)
	for _, f := range ask {
		go func() { answers <- f() }()
	}
	for range ask {
		sum += <-answers
	}
	return sum
}

// Fails returns at the first error with the others still to come.
func Fails(tasks []func() error) error {
	errs := make(chan error)
	for _, task := range tasks {
		go func() { errs <- task() }() // want no-partner[breach]
	}
	for range tasks {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// Room has room for all that may still come.
func Room(tasks []func() error) error {
	errs := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() { errs <- task() }()
	}
	for range tasks {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// Stops reading before the channel is closed.
func Stops(items []int) bool {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for _, item := range items {
			ch <- item // want no-partner[breach]
		}
	}()
	for item := range ch {
		if item < 0 {
			return false
		}
	}
	return true
}

// Drains what is left before it returns.
func Drains(items []int) bool {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for _, item := range items {
			ch <- item
		}
	}()
	good := true
	for item := range ch {
		if item < 0 {
			good = false
		}
	}
	return good
}

// Asked stops the sender when it leaves.
func Asked(items []int) bool {
	ch, done := make(chan int), make(chan struct{})
	defer close(done)
	go func() {
		defer close(ch)
		for _, item := range items {
			select {
			case ch <- item:
			case <-done:
				return
			}
		}
	}()
	for item := range ch {
		if item < 0 {
			return false
		}
	}
	return true
}

// NotClosed is ranged over for ever.
func NotClosed(items []int) (sum int) {
	ch := make(chan int)
	go func() {
		for _, item := range items {
			ch <- item
		}
	}()
	for item := range ch { // want no-partner[breach]
		sum += item
	}
	return sum
}

// Given hands the channel to somebody out of sight, who may receive.
func Given(hand func(<-chan int)) {
	ch := make(chan int)
	hand(ch)
	ch <- 1
}

// Returned hands it to the caller.
func Returned() <-chan int {
	ch := make(chan int)
	go func() { ch <- 1 }()
	return ch
}

type hub struct{ events chan int }

// Stored puts it where others find it.
func (h *hub) Stored() {
	h.events = make(chan int)
	go func() { h.events <- 1 }() // want no-partner[breach/warning]
}

// Never is a channel that was not made.
func Never() int {
	var ch chan int
	return <-ch // want no-partner[breach]
}

// Ends reads until there is an error, and one comes.
func Ends() error {
	errs := make(chan error, 1)
	go func() { errs <- errTimeout }()
	var err error
	for err == nil {
		err = <-errs
	}
	return err
}
