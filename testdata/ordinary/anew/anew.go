// Package anew has groups whose members wait for other groups, and those for the first: of
// those that each call makes anew none waits for itself.
package anew

import "sync"

// Tree is converted from the top, by two functions that call each other.
type Tree struct {
	below []*Tree
	leaf  bool
}

// Index converts what is below, all at once.
func (t *Tree) Index() {
	var wg sync.WaitGroup
	for _, b := range t.below {
		wg.Go(b.convert)
	}
	wg.Wait()
}

func (t *Tree) convert() {
	if t.leaf {
		t.manifest()
		return
	}
	t.Index()
}

func (t *Tree) manifest() {
	var layers sync.WaitGroup
	for _, b := range t.below {
		layers.Go(b.convert)
	}
	layers.Wait()
}

// Batch has one group for all that it does.
type Batch struct {
	mu  sync.Mutex
	n   int
	all sync.WaitGroup
}

// Start does one more thing.
func (b *Batch) Start() {
	b.all.Go(b.parts)
}

func (b *Batch) parts() {
	var wg sync.WaitGroup
	wg.Go(b.flush)
	wg.Wait() // want wait-cycle[cycle/error]
}

// flush waits for all.
func (b *Batch) flush() {
	b.all.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n = 0
}
