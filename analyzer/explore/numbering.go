package explore

// numbering gives numbers to things that have numbers, in the order in which they are come to.
type numbering struct {
	numbers []int32 // by what is numbered, from 1; 0 for what was not come to
	order   []int
}

// number returns the number of a thing, if it has one.
func (n *numbering) number(id int) (number int, ok bool) {
	if !n.has(id) {
		return 0, false
	}
	return int(n.numbers[id]) - 1, true
}

func (n *numbering) has(id int) bool { return id < len(n.numbers) && n.numbers[id] != 0 }

// add gives a thing that has no number the next one.
func (n *numbering) add(id int) (number int) {
	for id >= len(n.numbers) {
		n.numbers = append(n.numbers, 0)
	}
	n.order = append(n.order, id)
	n.numbers[id] = int32(len(n.order))
	return len(n.order) - 1
}

// clear takes all numbers away.
func (n *numbering) clear() {
	for _, id := range n.order {
		n.numbers[id] = 0
	}
	n.order = n.order[:0]
}
