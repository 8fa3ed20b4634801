package partners

import "sync"

// An element is locked while a worker has to do with it: its lock is a completion.
type element struct {
	sync.Mutex
	n int
}

type pipe struct {
	config sync.RWMutex
	work   chan *element
	out    chan *element
}

// Submit hands an element to a worker and to who comes after it.
func (p *pipe) Submit(n int) {
	e := &element{n: n}
	e.Lock()
	p.work <- e
	p.out <- e
}

// Worker does the work.
func (p *pipe) Worker() {
	for e := range p.work {
		e.n++
		e.Unlock()
	}
}

// Drain waits for each element's work, and keeps its lock: nobody else has to do with it.
func (p *pipe) Drain() {
	for e := range p.out {
		e.Lock()
		p.config.Lock()
		p.config.Unlock()
		e.Unlock()
	}
}

// Stop waits for the work of what nobody drains any more. It is not who drains who does
// that work.
func (p *pipe) Stop() {
	p.config.Lock()
	for len(p.out) > 0 {
		e := <-p.out
		e.Lock() // want lock-order[cycle/warning]
		e.Unlock()
	}
	p.config.Unlock()
}

// A record is locked by who has to do with it, and by nobody for another.
type record struct {
	sync.Mutex
	n int
}

type journal struct {
	config  sync.RWMutex
	records chan *record
}

// Drain writes down what it gets.
func (j *journal) Drain() {
	for r := range j.records {
		r.Lock()
		j.config.Lock() // want lock-order[cycle/error]
		j.config.Unlock()
		r.Unlock()
	}
}

// Stop does in the other order.
func (j *journal) Stop() {
	j.config.Lock()
	for len(j.records) > 0 {
		r := <-j.records
		r.Lock()
		r.Unlock()
	}
	j.config.Unlock()
}
