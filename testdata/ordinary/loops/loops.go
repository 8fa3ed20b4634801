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
