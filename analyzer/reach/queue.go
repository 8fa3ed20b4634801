package reach

import (
	"container/heap"
	"iter"
)

// cost says how good a path is as a witness, the least the best: not on the way to a panic,
// then fewest dynamic hops, then fewest hops.
type cost uint64

const (
	perHop     cost = 1
	perDynamic cost = 1 << 32
	ofDoom     cost = 1 << 63
)

func (p *Path) cost() cost {
	c := cost(p.length)*perHop + cost(p.dynamic)*perDynamic
	if p.doomed {
		c |= ofDoom
	}
	return c
}

// ahead is the cost of a path that is one hop longer.
func (c cost) ahead(h hop, doomed bool) cost {
	c += perHop
	if h.dynamic() {
		c += perDynamic
	}
	if doomed {
		c |= ofDoom
	}
	return c
}

// queue has things in the order of their costs, and those of one cost in the order in which
// they came. Many have one cost.
type queue[T any] struct {
	costs costs
	lines map[cost]*line[T]
}

// line is what waits at one cost.
type line[T any] struct {
	all  []T
	next int
}

func (q *queue[T]) push(c cost, it T) {
	if q.lines == nil {
		q.lines = map[cost]*line[T]{}
	}
	l := q.lines[c]
	if l == nil {
		l = &line[T]{}
		q.lines[c] = l
		heap.Push(&q.costs, c)
	}
	l.all = append(l.all, it)
}

// all takes out one after another, with what is pushed in between.
func (q *queue[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		for len(q.costs) > 0 {
			c := q.costs[0]
			l := q.lines[c]
			if l.next == len(l.all) {
				heap.Pop(&q.costs)
				delete(q.lines, c)
				continue
			}
			it := l.all[l.next]
			l.next++
			if !yield(it) {
				return
			}
		}
	}
}

// costs is a heap of those that something waits at.
type costs []cost

func (c costs) Len() int           { return len(c) }
func (c costs) Less(i, j int) bool { return c[i] < c[j] }
func (c costs) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (c *costs) Push(x any)        { *c = append(*c, x.(cost)) }
func (c *costs) Pop() any {
	last := (*c)[len(*c)-1]
	*c = (*c)[:len(*c)-1]
	return last
}
