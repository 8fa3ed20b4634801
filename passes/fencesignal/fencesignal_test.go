package fencesignal

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/wording"
)

var (
	fence = summary.Class{Kind: summary.Fence, Name: "x/agx.JobFence"}
	lockC = summary.Class{Kind: summary.Lock, Name: "x/agx.Device.mu"}
	pool  = summary.Class{Kind: summary.Pool, Name: "x/agx.Device.slots"}
	queue = summary.Class{Kind: summary.WorkQueue, Name: "x/agx.Device.work"}
)

// occurrence is one in the root dispatch; change makes it what a test needs.
func occurrence(rule string, change func(*judge.Occurrence)) judge.Occurrence {
	o := judge.Occurrence{
		Finding: finding.Finding{Rule: rule, Verdict: finding.Breach, Root: "dispatch"},
		Context: model.Signalling, Op: summary.OpWait, What: "op()", Owed: []summary.Class{fence},
	}
	change(&o)
	return o
}

func TestMessages(t *testing.T) {
	wording.Hold(t, words(), Rules(), map[string]judge.Occurrence{
		"op() waits for JobFence while dispatch owes JobFence: JobFence -> JobFence": occurrence("wait-in-signalling", func(o *judge.Occurrence) { o.On, o.Cycle = fence, []summary.Class{fence} }),
		"op() waits for JobFence while dispatch owes JobFence, for a bounded time":   occurrence("wait-in-signalling", func(o *judge.Occurrence) { o.On, o.Bounded = fence, true }),
		"op() waits for a slot of Device.slots while dispatch owes a fence": occurrence("block-in-signalling", func(o *judge.Occurrence) {
			o.On, o.Op, o.Owed = pool, summary.OpAcquire, []summary.Class{graph.AnyFence()}
		}),
		"op() waits for the work on Device.work while dispatch owes JobFence":       occurrence("block-in-signalling", func(o *judge.Occurrence) { o.On, o.Op = queue, summary.OpFlush }),
		"op() waits for something outside the program while dispatch owes JobFence": occurrence("block-in-signalling", func(o *judge.Occurrence) { o.On.Kind = summary.Outside }),
		"op() waits for JobFence on Device.work, an ordered queue, while Run must wait for its turn to have a fence signal": occurrence("block-in-signalling", func(o *judge.Occurrence) {
			o.Context, o.Opened, o.On, o.Delays, o.Worker = 0, judge.ByWorker, fence, "Run", queue
		}),
		"op() waits for JobFence in the loop of dispatch, while Run must wait for its turn to have a fence signal": occurrence("block-in-signalling", func(o *judge.Occurrence) {
			o.Context, o.Opened, o.On, o.Delays = 0, judge.ByWorker, fence, "Run"
		}),
		"op() sleeps while dispatch owes JobFence": occurrence("sleep-in-signalling", func(o *judge.Occurrence) { o.Op = summary.OpSleep }),
		"op() takes Device.mu while dispatch owes JobFence: JobFence -> Device.mu -> reclaim -> JobFence": occurrence("lock-in-signalling", func(o *judge.Occurrence) {
			o.On, o.Op, o.Cycle = lockC, summary.OpAcquire, []summary.Class{fence, lockC, graph.Reclaim()}
		}),
		"op() takes the sleeping lock Device.mu under the spin lock that dispatch holds": occurrence("sleep-in-atomic", func(o *judge.Occurrence) {
			o.Context, o.Opened, o.On, o.Op = model.Atomic, judge.BySpinLock, lockC, summary.OpAcquire
		}),
		"op() may sleep in dispatch, which runs atomic":                          occurrence("sleep-in-atomic", func(o *judge.Occurrence) { o.Context, o.On = model.Atomic, fence }),
		"op() waits for the work on Device.work in dispatch, which runs reclaim": occurrence("block-in-reclaim", func(o *judge.Occurrence) { o.Context, o.On, o.Op = model.Reclaim, queue, summary.OpFlush }),
		"op() has dispatch signal JobFence from Device.work, a queue without rescuer: JobFence -> Device.work worker -> reclaim -> JobFence": occurrence("no-rescuer", func(o *judge.Occurrence) {
			o.On, o.Op, o.Cycle = queue, summary.OpSignal, []summary.Class{fence, graph.Worker(queue), graph.Reclaim()}
		}),
	})
}
