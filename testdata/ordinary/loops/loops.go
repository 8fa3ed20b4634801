// Package loops has two loops that send to each other, and loops that are stopped.
package loops

// Both send before they receive.
func Both(n int) {
	a, b := make(chan int), make(chan int)
	go func() {
		for range n {
			a <- 1
			<-b
		}
	}()
	for range n {
		b <- 1 // want wait-cycle[cycle]
		<-a
	}
}

// Turns take turns.
func Turns(n int) {
	a, b := make(chan int), make(chan int)
	go func() {
		for range n {
			<-b
			a <- 1
		}
	}()
	for range n {
		b <- 1
		<-a
	}
}

type worker struct {
	jobs chan int
	stop chan struct{}
	done chan struct{}
}

func (w *worker) loop() {
	defer close(w.done)
	for {
		select {
		case <-w.jobs:
		case <-w.stop:
			return
		}
	}
}

// Late hands over a job to a worker that may have stopped.
func Late() {
	w := &worker{jobs: make(chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	go func() {
		w.jobs <- 1 // want no-partner[breach]
	}()
	close(w.stop)
	<-w.done
}

// Early hands it over before.
func Early() {
	w := &worker{jobs: make(chan int), stop: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	w.jobs <- 1
	close(w.stop)
	<-w.done
}

type tree struct {
	log     interface{ Print(string) }
	compact func(int) error
}

// Flatten has a bound that a literal has captured: both its loops go round as often.
func (t *tree) Flatten(workers int) error {
	away := func(level int) error {
		errs := make(chan error, 1)
		for range workers {
			go func() { errs <- t.compact(level) }()
		}
		var err error
		for range workers {
			if e := <-errs; e != nil {
				err = e
				t.log.Print("failed")
			}
		}
		return err
	}
	return away(0)
}

// FlattenMore changes its bound in between.
func (t *tree) FlattenMore(workers int) error {
	away := func(level int) error {
		errs := make(chan error, 1)
		for range workers {
			go func() { errs <- t.compact(level) }()
		}
		workers++
		var err error
		for range workers {
			if e := <-errs; e != nil { // want no-partner[breach]
				err = e
			}
		}
		return err
	}
	return away(0)
}

type state struct {
	running int
	err     error
}

// Last has a count go round in a channel: the last of as many says so.
func Last(tasks []func() error) chan error {
	last := make(chan error, 1)
	if len(tasks) > 0 {
		states := make(chan state, 1)
		states <- state{running: len(tasks)}
		for _, task := range tasks {
			go func() {
				err := task()
				s := <-states
				s.err = err
				s.running--
				if s.running == 0 {
					last <- s.err
				} else {
					states <- s
				}
			}()
		}
	}
	return last
}

// LastButOne begins with one less.
func LastButOne(tasks []func() error) chan error {
	last := make(chan error, 1)
	if len(tasks) > 1 {
		states := make(chan state, 1)
		states <- state{running: len(tasks) - 1}
		for _, task := range tasks {
			go func() {
				err := task()
				s := <-states // want no-partner[breach]
				s.err = err
				s.running--
				if s.running == 0 {
					last <- s.err
				} else {
					states <- s
				}
			}()
		}
	}
	return last
}

type slots struct{ free chan struct{} }

func newSlots(n int) *slots {
	n = max(4, min(n, 8192))
	s := &slots{free: make(chan struct{}, n)}
	for range n {
		s.free <- struct{}{}
	}
	return s
}

func newEmpty() *slots { return &slots{free: make(chan struct{}, max(4, 2))} }

func (s *slots) acquire() { <-s.free }
func (s *slots) release() { s.free <- struct{}{} }

// Slots has four at least.
func Slots(n int) {
	s := newSlots(n)
	s.acquire()
	s.release()
}

// NoSlots has room for four, and none in it.
func NoSlots() {
	s := newEmpty()
	<-s.free // want no-partner[breach]
	s.release()
}
