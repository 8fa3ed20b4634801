package oracle

import (
	"context"
	"fmt"
	"sync"
)

// Options say which programs are made.
type Options struct {
	Seed    uint64
	From, N uint64 // the first one, and how many
	Workers int
	// Show is called with every outcome, one at a time, in no particular order.
	Show func(n uint64, o *Outcome)
}

// batch is how many programs are looked at in one load. One that is annotated is alone:
// what reclaim runs, and which fences there are, concerns everything loaded.
const batch = 24

// Run makes programs and compares what fencelint and the reference see in each of them.
func Run(ctx context.Context, opts Options) (*Tally, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	total := newTally()
	var mu sync.Mutex
	var wg sync.WaitGroup
	chunks := make(chan uint64)
	for range max(1, opts.Workers) {
		wg.Go(func() {
			w := &worker{opts: opts, tally: newTally()}
			if err := w.run(ctx, chunks, &mu); err != nil {
				stop(err)
			}
			mu.Lock()
			defer mu.Unlock()
			total.add(w.tally)
		})
	}
	for at := opts.From; at < opts.From+opts.N; at += chunk {
		select {
		case chunks <- at:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(chunks)
	wg.Wait()
	if err := context.Cause(ctx); err != nil && err != context.Canceled {
		return nil, err
	}
	return total, nil
}

// chunk is how many programs a worker takes at a time.
const chunk = 200

// worker looks at programs, a chunk at a time.
type worker struct {
	opts    Options
	checker *Checker
	tally   *Tally
	sources map[string]Source
	pending map[string]*Outcome
	numbers map[string]uint64
}

func (w *worker) run(ctx context.Context, chunks <-chan uint64, mu *sync.Mutex) (err error) {
	if w.checker, err = NewChecker(); err != nil {
		return err
	}
	for from := range chunks {
		w.clear()
		for n := from; n < min(from+chunk, w.opts.From+w.opts.N); n++ {
			if ctx.Err() != nil {
				return nil
			}
			if err := w.program(n, mu); err != nil {
				return err
			}
		}
		if err := w.look(w.sources, mu); err != nil {
			return err
		}
	}
	return nil
}

func (w *worker) clear() {
	w.sources, w.pending, w.numbers = make(map[string]Source), make(map[string]*Outcome), make(map[string]uint64)
}

// program makes a program and has it looked at, together with others where it can be.
func (w *worker) program(n uint64, mu *sync.Mutex) error {
	p := Generate(w.opts.Seed, n)
	ref, err := Explore(p)
	if err != nil {
		w.tally.Discarded[err.Error()]++
		return nil
	}
	name := fmt.Sprintf("p%d", n)
	src := Print(p, name)
	w.pending[name] = &Outcome{Program: p, Source: src, Reference: ref}
	w.numbers[name] = n
	if p.annotated() {
		return w.look(map[string]Source{name: src}, mu)
	}
	w.sources[name] = src
	if len(w.sources) < batch {
		return nil
	}
	err = w.look(w.sources, mu)
	w.clear()
	return err
}

// look has fencelint look at programs.
func (w *worker) look(sources map[string]Source, mu *sync.Mutex) error {
	if len(sources) == 0 {
		return nil
	}
	found, err := w.checker.Reports(sources)
	if err != nil {
		return err
	}
	for name := range sources {
		o := w.pending[name]
		o.judge(found[name])
		w.tally.count(o)
		if w.opts.Show != nil {
			mu.Lock()
			w.opts.Show(w.numbers[name], o)
			mu.Unlock()
		}
		delete(w.pending, name)
	}
	return nil
}
