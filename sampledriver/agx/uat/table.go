package uat

// The geometry: pages of 16 KiB, and three levels. A real table has 2048 entries a
// level; 64 keep simulated machines small and still make them use several tables.
const (
	PageBits  = 14
	PageSize  = 1 << PageBits
	levelBits = 6
	entries   = 1 << levelBits
	levels    = 3
	// Limit is the first address that no table can map.
	Limit Address = 1 << (PageBits + levels*levelBits)
)

// Address is a GPU virtual address.
type Address uint64

// Page is a page of memory that an entry points to; 0 is no page.
type Page uint64

// Node is the memory of one table of entries. Its owner allocates it.
type Node struct {
	next  [entries]*Node
	pages [entries]Page
}

// Table is the translation of one address space. The zero value maps nothing.
type Table struct{ root Node }

// Missing is the number of nodes that mapping n pages from at on still needs.
func (t *Table) Missing(at Address, n int) int {
	missing := 0
	for level := range levels - 1 {
		var last Address
		for i := range n {
			va := at + Address(i)<<PageBits
			prefix := va >> shift(level)
			if (i == 0 || prefix != last) && t.node(va, level+1) == nil {
				missing++
			}
			last = prefix
		}
	}
	return missing
}

// Map maps n pages from at on to the pages from first on, using the nodes that spare
// holds, which are at least as many as [Table.Missing] says. It returns the ones that
// were not needed.
func (t *Table) Map(at Address, n int, first Page, spare []*Node) []*Node {
	for i := range n {
		va := at + Address(i)<<PageBits
		node := &t.root
		for level := range levels - 1 {
			slot := &node.next[index(va, level)]
			if *slot == nil {
				*slot, spare = spare[0], spare[1:]
			}
			node = *slot
		}
		node.pages[index(va, levels-1)] = first + Page(i)
	}
	return spare
}

// Unmap removes the translation of n pages from at on. Tables that get empty stay, as
// the hardware may have cached them.
func (t *Table) Unmap(at Address, n int) {
	for i := range n {
		va := at + Address(i)<<PageBits
		if leaf := t.node(va, levels-1); leaf != nil {
			leaf.pages[index(va, levels-1)] = 0
		}
	}
}

// Lookup returns the page that va translates to, or 0.
func (t *Table) Lookup(va Address) Page {
	if va >= Limit {
		return 0
	}
	leaf := t.node(va, levels-1)
	if leaf == nil {
		return 0
	}
	return leaf.pages[index(va, levels-1)]
}

// Nodes is the number of nodes that the table has been given.
func (t *Table) Nodes() int { return count(&t.root) - 1 }

func count(n *Node) int {
	total := 1
	for _, next := range n.next {
		if next != nil {
			total += count(next)
		}
	}
	return total
}

// node returns the node for va at a level, or nil.
func (t *Table) node(va Address, level int) *Node {
	n := &t.root
	for l := 0; l < level && n != nil; l++ {
		n = n.next[index(va, l)]
	}
	return n
}

// shift is the number of address bits below the index at a level.
func shift(level int) int { return PageBits + (levels-1-level)*levelBits }

func index(va Address, level int) int { return int(va>>shift(level)) & (entries - 1) }
