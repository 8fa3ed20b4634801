package loops

import "sync"

// The functions of a pair lock all of a list, and give back some or all of them before they
// take the gate, which everybody else takes first.

type half struct{ mu *sync.Mutex }

type Half struct {
	gate sync.Mutex
	all  []*half
}

func (h *Half) All() {
	h.gate.Lock()
	defer h.gate.Unlock()
	for _, n := range h.all {
		n.mu.Lock()
		n.mu.Unlock()
	}
}

// But the first.
func (h *Half) But(ns []*half) {
	for _, n := range ns {
		n.mu.Lock()
	}
	for i := 1; i < len(ns); i++ {
		ns[i].mu.Unlock()
	}
	h.gate.Lock() // want lock-order[cycle/error]
	h.gate.Unlock()
}

type tail struct{ mu *sync.Mutex }

type Tail struct {
	gate sync.Mutex
	all  []*tail
}

func (t *Tail) All() {
	t.gate.Lock()
	defer t.gate.Unlock()
	for _, n := range t.all {
		n.mu.Lock()
		n.mu.Unlock()
	}
}

// But the first, by way of a slice.
func (t *Tail) But(ns []*tail) {
	for _, n := range ns {
		n.mu.Lock()
	}
	for _, n := range ns[1:] {
		n.mu.Unlock()
	}
	t.gate.Lock() // want lock-order[cycle/error]
	t.gate.Unlock()
}

type other struct{ mu *sync.Mutex }

type Other struct {
	gate sync.Mutex
	all  []*other
}

func (o *Other) All() {
	o.gate.Lock()
	defer o.gate.Unlock()
	for _, n := range o.all {
		n.mu.Lock()
		n.mu.Unlock()
	}
}

// Others are given back than those that were taken.
func (o *Other) Others(ns, ms []*other) {
	for _, n := range ns {
		n.mu.Lock()
	}
	for _, n := range ms {
		n.mu.Unlock()
	}
	o.gate.Lock() // want lock-order[cycle/error]
	o.gate.Unlock()
}

type front struct{ mu *sync.Mutex }

type Front struct {
	gate sync.Mutex
	all  []*front
}

func (f *Front) All() {
	f.gate.Lock()
	defer f.gate.Unlock()
	for _, n := range f.all {
		n.mu.Lock()
		n.mu.Unlock()
	}
}

// Same gives the first one back, however many there are.
func (f *Front) Same(ns []*front) {
	for _, n := range ns {
		n.mu.Lock()
	}
	for range ns {
		ns[0].mu.Unlock()
	}
	f.gate.Lock() // want lock-order[cycle/error]
	f.gate.Unlock()
}

type some struct {
	mu   *sync.Mutex
	kind int
}

type Some struct {
	gate sync.Mutex
	all  []*some
}

func (s *Some) All() {
	s.gate.Lock()
	defer s.gate.Unlock()
	for _, n := range s.all {
		n.mu.Lock()
		n.mu.Unlock()
	}
}

// Put remembers some of those that it keeps, not all.
func (s *Some) Put(ns []*some) {
	var kept []*some
	for _, n := range ns {
		n.mu.Lock()
		switch n.kind {
		case 0:
			kept = append(kept, n)
		case 1:
			n.mu.Unlock()
		}
	}
	for _, n := range kept {
		n.mu.Unlock()
	}
	s.gate.Lock() // want lock-order[cycle/error]
	s.gate.Unlock()
}

type whole struct {
	mu   *sync.Mutex
	kind int
}

type Whole struct {
	gate  sync.Mutex
	all   []*whole
	named map[string]*whole
	fixed [4]whole
}

func (w *Whole) All() {
	w.gate.Lock()
	defer w.gate.Unlock()
	for _, n := range w.all {
		n.mu.Lock()
		n.mu.Unlock()
	}
}

// List gives all of them back.
func (w *Whole) List(ns []*whole) {
	for _, n := range ns {
		n.mu.Lock()
	}
	for i := 0; i < len(ns); i++ {
		ns[i].mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Map does, too.
func (w *Whole) Map() {
	for _, n := range w.named {
		n.mu.Lock()
	}
	for _, n := range w.named {
		n.mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Array does, too.
func (w *Whole) Array() {
	for i := range w.fixed {
		w.fixed[i].mu.Lock()
	}
	for i := range w.fixed {
		w.fixed[i].mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Put remembers all that it keeps.
func (w *Whole) Put(ns []*whole) {
	var kept []*whole
	for _, n := range ns {
		n.mu.Lock()
		switch n.kind {
		case 0:
			kept = append(kept, n)
		default:
			n.mu.Unlock()
		}
	}
	for _, n := range kept {
		n.mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Fields are gone over by their numbers.
func (w *Whole) Fields() {
	for i := 0; i < len(w.all); i++ {
		w.all[i].mu.Lock()
	}
	for i := range w.all {
		w.all[i].mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Back gives them back in the other order.
func (w *Whole) Back(ns []*whole) {
	for _, n := range ns {
		n.mu.Lock()
	}
	for i := len(ns) - 1; i >= 0; i-- {
		ns[i].mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Keys goes round the names of them.
func (w *Whole) Keys(names []string) {
	for _, name := range names {
		w.named[name].mu.Lock()
	}
	for _, name := range names {
		w.named[name].mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}

// Free remembers those that were free.
func (w *Whole) Free(ns []*whole) {
	var free []*whole
	for _, n := range ns {
		if n.mu.TryLock() {
			free = append(free, n)
		}
	}
	for _, n := range free {
		n.mu.Unlock()
	}
	w.gate.Lock()
	w.gate.Unlock()
}
