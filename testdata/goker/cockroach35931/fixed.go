// Package cockroach35931 is the repaired form: the inbound streams are told of the cancellation side by side, so that a full one
// does not keep the others from hearing of it.
package cockroach35931

import "sync"

type receiver interface {
	push()
}

type rowChannel struct {
	data chan struct{}
}

func (c *rowChannel) push() {
	c.data <- struct{}{}
}

type registry struct {
	mu      sync.Mutex
	streams []receiver
}

func (r *registry) pending() []receiver {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]receiver(nil), r.streams...)
}

func (r *registry) cancel() {
	var wg sync.WaitGroup
	for _, s := range r.pending() {
		wg.Add(1)
		go func() {
			defer wg.Done()
			s.push()
		}()
	}
	wg.Wait()
}

// merge reads its right input before it looks at the left one.
func merge(left, right *rowChannel) {
	<-right.data
	<-left.data
	<-left.data
}

// Run cancels a flow whose left input is full.
func Run() {
	left := &rowChannel{data: make(chan struct{}, 1)}
	right := &rowChannel{data: make(chan struct{}, 1)}
	r := &registry{streams: []receiver{left, right}}
	left.push()
	done := make(chan struct{})
	go func() {
		defer close(done)
		merge(left, right)
	}()
	r.cancel()
	<-done
}
