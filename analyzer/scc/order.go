package scc

// Order returns the nodes of a component in another order: each after those it leads to, but
// for those that lead back to it on the way that a search from the first of them takes.
func Order(component []int, edges func(int) []int) []int {
	if len(component) == 1 {
		return component
	}
	left := make(map[int]bool, len(component))
	for _, v := range component {
		left[v] = true
	}
	order := make([]int, 0, len(component))
	for _, root := range component {
		if !left[root] {
			continue
		}
		delete(left, root)
		for work := []frame{{root, edges(root)}}; len(work) > 0; {
			top := &work[len(work)-1]
			if len(top.succ) == 0 {
				order = append(order, top.node)
				work = work[:len(work)-1]
				continue
			}
			next := top.succ[0]
			top.succ = top.succ[1:]
			if left[next] {
				delete(left, next)
				work = append(work, frame{next, edges(next)})
			}
		}
	}
	return order
}
