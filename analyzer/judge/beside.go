package judge

import "github.com/fencelint/fencelint/analyzer/finding"

// besides judges what blocks the worker that signalling code needs next. Nobody is
// stuck for ever because of that alone, but every later signal waits with it.
func (j *judgement) besides() {
	for _, b := range j.graph.Beside() {
		if j.isBroken(b.Reached) {
			continue
		}
		c := &candidate{beside: &b, reached: b.Reached}
		c.Rule, c.Level = "block-in-signalling", finding.Warning
		c.Opened, c.Delays, c.Worker = ByWorker, b.Delayed.Display, b.Queue
		j.add(c)
	}
}
