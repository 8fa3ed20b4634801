package callbacks

import (
	"container/heap"
	"net/http"
	"slices"
	"sort"
	"sync"
)

// The standard library calls methods of what it is handed, before it returns.

// scores are sorted under their lock.
type scores struct {
	mu   sync.Mutex
	list []int
}

func (s *scores) Len() int { return len(s.list) }

// Less takes the lock.
func (s *scores) Less(i, j int) bool {
	s.mu.Lock() // want double-lock[cycle/error]
	defer s.mu.Unlock()
	return s.list[i] < s.list[j]
}

func (s *scores) Swap(i, j int) { s.list[i], s.list[j] = s.list[j], s.list[i] }

// Sort has the lock.
func (s *scores) Sort() {
	s.mu.Lock()
	defer s.mu.Unlock()
	sort.Sort(s)
}

// SortUnlocked has it no more.
func (s *scores) SortUnlocked() {
	s.mu.Lock()
	n := len(s.list)
	s.mu.Unlock()
	if n > 1 {
		sort.Stable(s)
	}
}

// ranks are sorted under their lock by methods that rely on it.
type ranks struct {
	mu   sync.Mutex
	list []int
}

func (r *ranks) Len() int           { return len(r.list) }
func (r *ranks) Less(i, j int) bool { return r.list[i] < r.list[j] }
func (r *ranks) Swap(i, j int)      { r.list[i], r.list[j] = r.list[j], r.list[i] }

// Sort has the lock.
func (r *ranks) Sort() {
	r.mu.Lock()
	defer r.mu.Unlock()
	sort.Sort(r)
	sort.Sort(sort.Reverse(r))
}

// jobs are a heap that notes what moves in another lock.
type jobs struct {
	of    *pool
	items []int
}

func (j *jobs) Len() int           { return len(j.items) }
func (j *jobs) Less(a, b int) bool { return j.items[a] < j.items[b] }
func (j *jobs) Push(x any)         { j.items = append(j.items, x.(int)) }

func (j *jobs) Pop() any {
	last := j.items[len(j.items)-1]
	j.items = j.items[:len(j.items)-1]
	return last
}

func (j *jobs) Swap(a, b int) {
	j.of.moved.Lock() // want lock-order[cycle/error]
	j.items[a], j.items[b] = j.items[b], j.items[a]
	j.of.moved.Unlock()
}

type pool struct {
	mu, moved sync.Mutex
	jobs      jobs
	fixed     ints
	n         int
}

// Add has items moved with the pool's lock held.
func (p *pool) Add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	heap.Push(&p.jobs, n)
}

// Moved takes the pool's lock last.
func (p *pool) Moved() {
	p.moved.Lock()
	defer p.moved.Unlock()
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

// ints are a heap, and nothing else.
type ints []int

func (i ints) Len() int           { return len(i) }
func (i ints) Less(a, b int) bool { return i[a] < i[b] }
func (i ints) Swap(a, b int)      { i[a], i[b] = i[b], i[a] }
func (i *ints) Push(x any)        { *i = append(*i, x.(int)) }
func (i *ints) Pop() any          { last := (*i)[0]; *i = (*i)[1:]; return last }

// Fix has others moved with the other lock held.
func (p *pool) Fix() {
	p.moved.Lock()
	defer p.moved.Unlock()
	heap.Fix(&p.fixed, 0)
}

// ordering compares by a method value.
type ordering struct {
	mu    sync.Mutex
	items []int
	by    map[int]int
}

func (o *ordering) compare(a, b int) int {
	o.mu.Lock() // want double-lock[cycle/error]
	defer o.mu.Unlock()
	return o.by[a] - o.by[b]
}

func (o *ordering) compareHeld(a, b int) int { return o.by[a] - o.by[b] }

// Sort has the lock.
func (o *ordering) Sort() {
	o.mu.Lock()
	defer o.mu.Unlock()
	slices.SortFunc(o.items, o.compare)
}

// SortHeld has it compared by who relies on that.
func (o *ordering) SortHeld() {
	o.mu.Lock()
	defer o.mu.Unlock()
	slices.SortFunc(o.items, o.compareHeld)
}

// gate serves what is behind it with its lock held.
type gate struct {
	mu, hits sync.Mutex
	behind   http.Handler
	n        int
}

// NewGate returns one with a function behind it.
func NewGate() *gate {
	g := &gate{}
	g.behind = http.HandlerFunc(g.hit)
	return g
}

func (g *gate) hit(http.ResponseWriter, *http.Request) {
	g.hits.Lock() // want lock-order[cycle/warning]
	g.n++
	g.hits.Unlock()
}

// ServeHTTP has the lock.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.behind.ServeHTTP(w, r)
}

// Reset takes it last.
func (g *gate) Reset() {
	g.hits.Lock()
	defer g.hits.Unlock()
	g.mu.Lock()
	g.n = 0
	g.mu.Unlock()
}

// door serves what is behind it with its lock given back.
type door struct {
	mu, hits sync.Mutex
	n        int
}

// ServeHTTP has the lock no more.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	d.n++
	d.mu.Unlock()
	http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		d.hits.Lock()
		d.n++
		d.hits.Unlock()
	}).ServeHTTP(w, r)
}

// Reset takes it last.
func (d *door) Reset() {
	d.hits.Lock()
	defer d.hits.Unlock()
	d.mu.Lock()
	d.n = 0
	d.mu.Unlock()
}
