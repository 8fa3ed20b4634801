package poolcycle

import "github.com/fencelint/fencelint/testdata/kern"

// ring has few places. Who has one and waits for another keeps it from those who do the
// same.
type ring struct {
	places, more kern.Slots
	claimed      bool
	jobs         chan int
	idle         kern.WaitQueue
	mu           kern.Mutex
	work         kern.WorkQueue
	other        *ring
}

// Pair takes a second place while it has the first.
func (r *ring) Pair() {
	r.places.Get()
	r.places.Get() // want pool-cycle[cycle/error]
	r.places.Put()
	r.places.Put()
}

// PairGood gives the first one back before it waits.
func (r *ring) PairGood() {
	r.places.Get()
	r.places.Put()
	r.places.Get()
	r.places.Put()
}

// PairTry asks for the second only.
func (r *ring) PairTry() {
	r.places.Get()
	if r.places.TryGet() {
		r.places.Put()
	}
	r.places.Put()
}

// PairLocked is the only one who has one place and waits for another.
func (r *ring) PairLocked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.more.Get()
	r.more.Get()
	r.more.Put()
	r.more.Put()
}

// PairOther takes the second from elsewhere.
func (r *ring) PairOther() {
	r.places.Get()
	r.other.places.Get()
	r.other.places.Put()
	r.places.Put()
}

// Each takes as many as it is asked for, one after the other.
func (r *ring) Each(wanted []int) {
	for _, n := range wanted {
		if n == 0 {
			continue
		}
		r.take() // with the places of earlier turns
	}
	for range wanted {
		r.places.Put()
	}
}

func (r *ring) take() bool {
	return r.places.Get() > 0 // want pool-cycle[cycle]
}

// EachOnce takes one, whichever turn it is.
func (r *ring) EachOnce(wanted []int) {
	have := false
	for _, n := range wanted {
		if n > 0 && !have {
			r.places.Get()
			have = true
		}
	}
	if have {
		r.places.Put()
	}
}

// EachClaim takes one unless there is one.
func (r *ring) EachClaim(wanted []int) {
	for range wanted {
		r.claim()
	}
	r.places.Put()
}

func (r *ring) claim() {
	if !r.claimed {
		r.claimed = true
		r.places.Get()
	}
}

// Search takes one more at each level.
func (r *ring) Search(depth int) {
	r.places.Get() // want pool-cycle[cycle]
	defer r.places.Put()
	if depth > 0 {
		r.Search(depth - 1)
	}
}

// Start has each place given back by what it starts.
func (r *ring) Start(n int) {
	for range n {
		r.places.Get()
		go func() {
			defer r.places.Put()
			r.claimed = true
		}()
	}
	// Wait for the last one.
	r.places.Get()
	r.places.Put()
}

// StartTwo has what it starts give back places of two pools.
func (r *ring) StartTwo(n int) {
	for range n {
		r.places.Get()
		r.more.Get()
		go func() {
			r.more.Put()
			r.places.Put()
		}()
	}
}

// Push leaves it to work on a queue.
func (r *ring) Push(n int) {
	for range n {
		r.places.Get()
		r.work.Push(r.done)
	}
}

func (r *ring) done() { r.places.Put() }

// Send leaves it to whoever receives.
func (r *ring) Send(n int) {
	for i := range n {
		r.places.Get()
		r.jobs <- i
	}
}

// Receive gives back what Send took.
func (r *ring) Receive() {
	for range r.jobs {
		r.places.Put()
	}
}

// Submit returns with a place that is given back once the job is done.
func (r *ring) Submit(f *kern.Fence) {
	r.places.Get()
	kern.Take(f)
}

// SubmitAll submits one after the other.
func (r *ring) SubmitAll(fences []*kern.Fence) {
	for _, f := range fences {
		r.Submit(f)
	}
}

// Add returns with a place too, and has woken who looks for what there is.
func (r *ring) Add(n int) {
	for range n {
		r.places.Get()
		r.idle.Wake()
	}
}
