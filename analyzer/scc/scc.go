// Package scc finds the strongly connected components of a graph.
package scc

// Components returns the strongly connected components of the graph on 0..n-1, a
// component after those it leads to, each in the order of its nodes' discovery.
func Components(n int, edges func(int) []int) [][]int {
	t := tarjan{edges: edges, index: make([]int, n), low: make([]int, n), onStack: make([]bool, n)}
	for v := range n {
		if t.index[v] == 0 {
			t.visit(v)
		}
	}
	return t.found
}

// tarjan is the state of Tarjan's algorithm, without recursion: call chains of real
// programs are deep.
type tarjan struct {
	edges   func(int) []int
	next    int
	index   []int // 0: not seen
	low     []int
	onStack []bool
	stack   []int
	found   [][]int
}

type frame struct {
	node int
	succ []int
}

func (t *tarjan) open(v int) frame {
	t.next++
	t.index[v], t.low[v] = t.next, t.next
	t.stack = append(t.stack, v)
	t.onStack[v] = true
	return frame{v, t.edges(v)}
}

func (t *tarjan) visit(root int) {
	work := []frame{t.open(root)}
	for len(work) > 0 {
		top := &work[len(work)-1]
		v := top.node
		if len(top.succ) > 0 {
			w := top.succ[0]
			top.succ = top.succ[1:]
			if t.index[w] == 0 {
				work = append(work, t.open(w))
			} else if t.onStack[w] {
				t.low[v] = min(t.low[v], t.index[w])
			}
			continue
		}
		work = work[:len(work)-1]
		if len(work) > 0 {
			u := work[len(work)-1].node
			t.low[u] = min(t.low[u], t.low[v])
		}
		if t.low[v] == t.index[v] {
			t.found = append(t.found, t.pop(v))
		}
	}
}

func (t *tarjan) pop(v int) []int {
	i := len(t.stack) - 1
	for t.stack[i] != v {
		i--
	}
	component := append([]int(nil), t.stack[i:]...)
	t.stack = t.stack[:i]
	for _, w := range component {
		t.onStack[w] = false
	}
	return component
}
