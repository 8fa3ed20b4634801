package callbacks

import (
	"container/heap"
	"sort"
	"sync"
)

// What sorts, or keeps a heap, may be handed something around what has the methods.

// names are compared under a lock of their own.
type names struct {
	mu, all sync.Mutex
	list    []int
}

func (n *names) Len() int      { return len(n.list) }
func (n *names) Swap(i, j int) { n.list[i], n.list[j] = n.list[j], n.list[i] }

func (n *names) Less(i, j int) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.list[i] < n.list[j]
}

type byName struct{ *names }

// Sort has them sorted through a struct that has their methods.
func (n *names) Sort() {
	n.all.Lock()
	defer n.all.Unlock()
	sort.Sort(byName{n})
}

// Count takes the locks the other way round.
func (n *names) Count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all.Lock() // want lock-order[cycle/error]
	defer n.all.Unlock()
	return len(n.list)
}

// words are compared under a lock of their own that is held across nothing.
type words struct {
	mu, all sync.Mutex
	list    []int
}

func (w *words) Len() int      { return len(w.list) }
func (w *words) Swap(i, j int) { w.list[i], w.list[j] = w.list[j], w.list[i] }

func (w *words) Less(i, j int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.list[i] < w.list[j]
}

type byWord struct{ *words }

// Sort has them sorted through such a struct.
func (w *words) Sort() {
	w.all.Lock()
	defer w.all.Unlock()
	sort.Sort(byWord{w})
}

// Count takes one after the other.
func (w *words) Count() int {
	w.mu.Lock()
	n := len(w.list)
	w.mu.Unlock()
	w.all.Lock()
	defer w.all.Unlock()
	return n + len(w.list)
}

// dates are compared under a lock of their own.
type dates struct {
	mu, all sync.Mutex
	list    []int
}

func (d *dates) Len() int      { return len(d.list) }
func (d *dates) Swap(i, j int) { d.list[i], d.list[j] = d.list[j], d.list[i] }

func (d *dates) Less(i, j int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.list[i] < d.list[j]
}

// descending is an order the other way round.
type descending struct{ sort.Interface }

func (d descending) Less(i, j int) bool { return d.Interface.Less(j, i) }

// Sort has them sorted the other way round.
func (d *dates) Sort() {
	d.all.Lock()
	defer d.all.Unlock()
	sort.Sort(descending{d})
}

// Count takes the locks the other way round.
func (d *dates) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all.Lock() // want lock-order[cycle/warning]
	defer d.all.Unlock()
	return len(d.list)
}

// times are compared under a lock of their own that is held across nothing.
type times struct {
	mu, all sync.Mutex
	list    []int
}

func (t *times) Len() int      { return len(t.list) }
func (t *times) Swap(i, j int) { t.list[i], t.list[j] = t.list[j], t.list[i] }

func (t *times) Less(i, j int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.list[i] < t.list[j]
}

// Sort has them sorted so too.
func (t *times) Sort() {
	t.all.Lock()
	defer t.all.Unlock()
	sort.Sort(descending{t})
}

// Count takes one after the other.
func (t *times) Count() int {
	t.mu.Lock()
	n := len(t.list)
	t.mu.Unlock()
	t.all.Lock()
	defer t.all.Unlock()
	return n + len(t.list)
}

// paths are compared under a lock of their own.
type paths struct {
	mu, all sync.Mutex
	list    []int
}

func (p *paths) Len() int      { return len(p.list) }
func (p *paths) Swap(i, j int) { p.list[i], p.list[j] = p.list[j], p.list[i] }

func (p *paths) Less(i, j int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.list[i] < p.list[j]
}

func sorted[T sort.Interface](list T) { sort.Stable(list) }

// Sort has them sorted by a function of any such type.
func (p *paths) Sort() {
	p.all.Lock()
	defer p.all.Unlock()
	sorted(p)
}

// Count takes the locks the other way round.
func (p *paths) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all.Lock() // want lock-order[cycle/warning]
	defer p.all.Unlock()
	return len(p.list)
}

// links are compared under a lock of their own that is held across nothing.
type links struct {
	mu, all sync.Mutex
	list    []int
}

func (l *links) Len() int      { return len(l.list) }
func (l *links) Swap(i, j int) { l.list[i], l.list[j] = l.list[j], l.list[i] }

func (l *links) Less(i, j int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.list[i] < l.list[j]
}

// Sort has them sorted by it too.
func (l *links) Sort() {
	l.all.Lock()
	defer l.all.Unlock()
	sorted(l)
}

// Count takes one after the other.
func (l *links) Count() int {
	l.mu.Lock()
	n := len(l.list)
	l.mu.Unlock()
	l.all.Lock()
	defer l.all.Unlock()
	return n + len(l.list)
}

// queue are compared under a lock of their own.
type queue struct {
	mu, all sync.Mutex
	list    []int
}

func (q *queue) Len() int      { return len(q.list) }
func (q *queue) Swap(i, j int) { q.list[i], q.list[j] = q.list[j], q.list[i] }
func (q *queue) Push(x any)    { q.list = append(q.list, x.(int)) }
func (q *queue) Pop() any      { return nil }

func (q *queue) Less(i, j int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.list[i] < q.list[j]
}

type first struct{ *queue }

// Sort has them in a heap.
func (q *queue) Sort() {
	q.all.Lock()
	defer q.all.Unlock()
	heap.Push(&first{q}, 1)
}

// Count takes the locks the other way round.
func (q *queue) Count() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.all.Lock() // want lock-order[cycle/error]
	defer q.all.Unlock()
	return len(q.list)
}

// stack are compared under a lock of their own that is held across nothing.
type stack struct {
	mu, all sync.Mutex
	list    []int
}

func (s *stack) Len() int      { return len(s.list) }
func (s *stack) Swap(i, j int) { s.list[i], s.list[j] = s.list[j], s.list[i] }
func (s *stack) Push(x any)    { s.list = append(s.list, x.(int)) }
func (s *stack) Pop() any      { return nil }

func (s *stack) Less(i, j int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list[i] < s.list[j]
}

type last struct{ *stack }

// Sort has them in a heap too.
func (s *stack) Sort() {
	s.all.Lock()
	defer s.all.Unlock()
	heap.Push(&last{s}, 1)
}

// Count takes one after the other.
func (s *stack) Count() int {
	s.mu.Lock()
	n := len(s.list)
	s.mu.Unlock()
	s.all.Lock()
	defer s.all.Unlock()
	return n + len(s.list)
}
