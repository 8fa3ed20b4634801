package callers

import "sync"

// first leaves whoever it has started behind where it is told to be quick. That one call of
// it is looked into, and returns, says nothing of the other.
func first(quick bool) int {
	found := make(chan int)
	go func() { found <- 1 }() // want no-partner[breach/error]
	if quick {
		return 0
	}
	return <-found
}

// First asks twice.
func First() int {
	var mu sync.Mutex
	mu.Lock()
	first(false)
	mu.Unlock()
	return first(true)
}

// every waits for whom it has started, whatever it is told.
func every(quick bool) int {
	found := make(chan int, 1)
	go func() { found <- 1 }()
	if quick {
		return 0
	}
	return <-found
}

// Every asks twice.
func Every() int {
	var mu sync.Mutex
	mu.Lock()
	every(false)
	mu.Unlock()
	return every(true)
}

// part is what a whole has in itself: who has a whole by an interface calls this too.
type part struct{}

func (*part) run(how string) {
	done := make(chan struct{})
	if how != "stop" {
		go close(done)
	}
	<-done // want no-partner[breach/error]
}

type whole struct{ *part }

type runner interface{ run(string) }

// StartPart calls the part by name.
func StartPart() { new(part).run("start") }

// Whole hands out a whole.
func Whole() runner { return whole{new(part)} }

// StopWhole calls what was handed out.
func StopWhole(r runner) { r.run("stop") }

// piece is called by way of a type parameter.
type piece struct{}

func (*piece) run(how string) {
	done := make(chan struct{})
	if how != "stop" {
		go close(done)
	}
	<-done // want no-partner[breach/error]
}

func runs[T runner](t T, how string) { t.run(how) }

// StartPiece calls it by name.
func StartPiece() { new(piece).run("start") }

// StopPiece does not.
func StopPiece() { runs(new(piece), "stop") }
