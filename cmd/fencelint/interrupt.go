package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// grace is how long a run that was told to end has for ending by itself: for ending what
// it has started, and for taking away a file that is not complete.
const grace = 300 * time.Millisecond

// interruptible runs do until it is done, or a signal says that nobody waits for it any
// more. What computes does not look out for signals, so it is not waited for: nothing
// that it leaves behind outlives the process. The status is then that of a process which
// the signal has ended, as shells count it.
func interruptible(stderr io.Writer, do func(context.Context) (status int)) (status int) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan int, 1)
	go func() { done <- do(ctx) }()
	select {
	case status := <-done:
		return status
	case got := <-signals:
		cancel()
		select {
		case <-done:
		case <-time.After(grace):
		}
		if _, ok := terminal(stderr); ok {
			fmt.Fprint(stderr, eraseLine)
		}
		fmt.Fprintf(stderr, "fencelint: ended by a signal: %v\n", got)
		return killed(got)
	}
}

// killed is the exit status of a process that a signal has ended.
func killed(by os.Signal) int {
	number, ok := by.(syscall.Signal)
	if !ok {
		return failed
	}
	return 128 + int(number)
}
