package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// pipe is the message ring that tells the firmware of new commands of one kind and
// priority. When it is full the work queue waits on a list, instead of the task: the
// firmware's Drained event, which comes over the same path as completions, goes on
// with it.
type pipe struct {
	dev     *Device
	lock    lock.Mutex
	ring    *fw.Ring[fw.Run]
	crowded *bool // in shared memory
	first   *workQueue
	last    *workQueue
}

func (p *pipe) init(d *Device, priority int, kind fw.Kind) {
	p.dev = d
	p.lock.SetName("of pipe " + kind.String())
	p.ring = d.shared.Pipes[priority][kind]
	p.crowded = &d.shared.Crowded[priority][kind]
}

// announce tells the firmware that q has commands.
func (p *pipe) announce(t *sim.Task, q *workQueue) {
	p.lock.Lock(t)
	if p.first != nil || !p.ring.Put(fw.Run{Queue: &q.info}) {
		p.append(q)
	}
	p.lock.Unlock(t)
	p.dev.port.Ring()
}

// append puts q on the list of those that wait for room, once.
func (p *pipe) append(q *workQueue) {
	*p.crowded = true
	if q.crowded {
		return
	}
	q.crowded, q.nextCrowded = true, nil
	if p.first == nil {
		p.first = q
	} else {
		p.last.nextCrowded = q
	}
	p.last = q
}

// drained announces the work queues that waited for room.
func (p *pipe) drained(t *sim.Task) {
	p.lock.Lock(t)
	for q := p.first; q != nil && p.ring.Put(fw.Run{Queue: &q.info}); q = p.first {
		p.first, q.crowded, q.nextCrowded = q.nextCrowded, false, nil
	}
	*p.crowded = p.first != nil
	p.lock.Unlock(t)
	p.dev.port.Ring()
}

// clear forgets all messages: the firmware is down.
func (p *pipe) clear(t *sim.Task) {
	p.lock.Lock(t)
	p.ring.Reset()
	for q := p.first; q != nil; q = p.first {
		p.first, q.crowded, q.nextCrowded = q.nextCrowded, false, nil
	}
	*p.crowded = false
	p.lock.Unlock(t)
}

// pipeOf is the pipe of q's messages.
func (d *Device) pipeOf(q *workQueue) *pipe { return &d.pipes[q.info.Priority][q.info.Kind] }

// allDrained lets every pipe go on.
func (d *Device) allDrained(t *sim.Task) {
	for i := range d.pipes {
		for k := range d.pipes[i] {
			d.pipes[i][k].drained(t)
		}
	}
}
