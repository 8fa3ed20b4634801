package agx

import (
	"fmt"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// The holders of slots are nodes of the wait-for graph, so that it sees when none of
// them can ever put its slot back.

// heldBy is what a slot that q uses waits for: the task that is building a job which
// has it already, and the last job, after which it is put back on the system queue.
func (q *queue) heldBy(has func(*job) bool, last *fence.Fence) []waitfor.Node {
	nodes := []waitfor.Node{q.dev.system}
	if q.building != nil && has(q.building) {
		nodes = append(nodes, q.builder)
	}
	if last != nil && !last.IsSignalled() {
		nodes = append(nodes, last)
	}
	return nodes
}

func (q *workQueue) String() string { return fmt.Sprintf("%v of %s", q.info.Kind, q.owner.name) }

// Needs says when the work queue gives up its event slot.
func (q *workQueue) Needs() waitfor.Needs {
	has := func(j *job) bool { return j.uses[q.info.Kind] > 0 }
	return waitfor.All(q.owner.heldBy(has, q.until)...)
}

func (b *buffer) String() string { return "buffer of " + b.owner.name }

// Needs says when the buffer gives up its slot.
func (b *buffer) Needs() waitfor.Needs {
	has := func(j *job) bool { return j.scene }
	return waitfor.All(b.owner.heldBy(has, b.owner.last)...)
}

func (v *vm) String() string { return v.name }

// Needs says when the VM gives up its context: when all its queues are done.
func (v *vm) Needs() waitfor.Needs {
	has := func(j *job) bool { return j.bound }
	var nodes []waitfor.Node
	for _, q := range v.users {
		nodes = append(nodes, q.heldBy(has, q.last)...)
	}
	return waitfor.All(nodes...)
}
