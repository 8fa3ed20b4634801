// Package counts has goroutines and rounds that are counted by what is not known.
package counts

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Hub has connections that are closed each by a goroutine of its own.
type Hub struct {
	mu    sync.Mutex
	conns map[string]func()
}

// CloseAll has room for as many as there are, and may give up waiting.
func (h *Hub) CloseAll() {
	h.mu.Lock()
	n := len(h.conns)
	done := make(chan struct{}, n)
	for _, closing := range h.conns {
		go func() {
			closing()
			done <- struct{}{}
		}()
	}
	h.mu.Unlock()
	late := time.NewTimer(time.Second)
	defer late.Stop()
	for range n {
		select {
		case <-done:
		case <-late.C:
			return
		}
	}
}

// CloseSome has room for one, and may give up waiting.
func (h *Hub) CloseSome() {
	h.mu.Lock()
	n := len(h.conns)
	done := make(chan struct{}, 1)
	for _, closing := range h.conns {
		go func() {
			closing()
			done <- struct{}{} // want no-partner[breach/error]
		}()
	}
	h.mu.Unlock()
	late := time.NewTimer(time.Second)
	defer late.Stop()
	for range n {
		select {
		case <-done:
		case <-late.C:
			return
		}
	}
}

// Counted has room for as many as there were before another came.
func (h *Hub) Counted(more func()) {
	h.mu.Lock()
	done := make(chan struct{}, len(h.conns))
	h.conns["more"] = more
	for range h.conns {
		go func() {
			done <- struct{}{} // want no-partner[breach/error]
		}()
	}
	h.mu.Unlock()
}

// Each receives once for each that it started.
func (h *Hub) Each() {
	done := make(chan struct{})
	for _, closing := range h.conns {
		go func() {
			closing()
			done <- struct{}{}
		}()
	}
	for range h.conns {
		<-done
	}
}

var started, wanted int

// Start waits for each worker to be there; workers stay.
func Start() {
	ready := make(chan struct{}, 1)
	for started < wanted {
		go stay(ready)
		<-ready
		started++
	}
}

var ticks [4]int

func stay(ready chan struct{}) {
	ready <- struct{}{}
	for i := 0; ; i++ {
		ticks[i%len(ticks)]++
	}
}

// Leave waits for workers that may go without a word.
func Leave(idle func() bool) {
	ready := make(chan struct{}, 1)
	for started < wanted {
		go func() {
			if idle() {
				return
			}
			stay(ready)
		}()
		<-ready // want no-partner[breach/error]
		started++
	}
}

// Sort has one worker at least.
func Sort(n int, lists map[string][][]int, sort func([]int)) {
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	work := make(chan []int)
	var wg sync.WaitGroup
	wg.Add(n)
	for range n {
		go func() {
			defer wg.Done()
			for list := range work {
				sort(list)
			}
		}()
	}
	for _, of := range lists {
		for _, list := range of {
			work <- list
		}
	}
	close(work)
	wg.Wait()
}

// Unchecked has as many as it is told.
func Unchecked(n int, lists map[string][][]int, sort func([]int)) {
	work := make(chan []int)
	var wg sync.WaitGroup
	wg.Add(n)
	for range n {
		go func() {
			defer wg.Done()
			for list := range work {
				sort(list)
			}
		}()
	}
	for _, of := range lists {
		for _, list := range of {
			work <- list // want no-partner[breach/warning]
		}
	}
	close(work)
	wg.Wait()
}

// Gone has workers of which each may be gone before its time.
func Gone(n int, lists map[string][][]int, sort func([]int) bool) {
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	work := make(chan []int)
	for range n {
		go func() {
			for list := range work {
				if !sort(list) {
					return
				}
			}
		}()
	}
	for _, of := range lists {
		for _, list := range of {
			work <- list // want no-partner[breach/error]
		}
	}
	close(work)
}

// Load waits for chunks to be there up to an end, which lies in one of them.
func Load(chunks []int, ends []int64, use func(int64)) {
	var ready atomic.Int64
	more := make(chan struct{}, 1)
	var wg sync.WaitGroup
	if len(chunks) != 0 {
		wg.Go(func() {
			for range chunks {
				ready.Add(4)
				select {
				case more <- struct{}{}:
				default:
				}
			}
		})
	}
	for _, end := range ends {
		for ready.Load() < end {
			<-more // want no-partner[breach/warning]
		}
		use(end)
	}
	wg.Wait()
}

// LoadAll waits for as many as there are, of which one may be given up.
func LoadAll(chunks []int, fetch func(int) bool) {
	var ready atomic.Int64
	more := make(chan struct{}, 1)
	go func() {
		for _, c := range chunks {
			if !fetch(c) {
				return
			}
			ready.Add(1)
			more <- struct{}{}
		}
	}()
	for range chunks {
		<-more // want no-partner[breach/error]
	}
}
