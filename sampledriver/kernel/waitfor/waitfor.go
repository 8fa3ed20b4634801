// Package waitfor is the wait-for graph of a running program: who cannot go on
// until what has happened, and who could make that happen. It knows nothing of
// what the nodes are; tasks, locks, pools, fences, work queues and memory reclaim
// take part by implementing [Node].
package waitfor

import "fmt"

// A Node is a task, or something that tasks wait for.
type Node interface {
	fmt.Stringer
	// Needs says what must happen before the node can go on. It is asked anew at each
	// check, so that the graph is always that of now.
	Needs() Needs
}

// Quantifier says how many of a node's needs must be met.
type Quantifier uint8

const (
	// Nothing is needed: the node goes on by itself, or it is unknown who makes it go on.
	Nothing Quantifier = iota
	// Every one of the needs must be met: a lock wants all of its holders to let go.
	Every
	// Some one of the needs is enough: a pool wants one of its holders to let go.
	Some
	// Never: the node will not go on, whatever happens. A task that has ended.
	Never
)

// Needs is what a node waits for.
type Needs struct {
	How Quantifier
	Of  []Node
}

// Free is what a node needs that can go on.
func Free() Needs { return Needs{} }

// All is the need of every one of nodes; of no node at all it is [Free].
func All(nodes ...Node) Needs { return quantify(Every, nodes) }

// Any is the need of one of nodes; of no node at all it is [Free], because an
// unknown party may yet act.
func Any(nodes ...Node) Needs { return quantify(Some, nodes) }

// Dead is what a node needs that will never go on.
func Dead() Needs { return Needs{How: Never} }

func quantify(how Quantifier, nodes []Node) Needs {
	if len(nodes) == 0 {
		return Free()
	}
	return Needs{How: how, Of: nodes}
}
