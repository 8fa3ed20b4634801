package workload

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx"
	"github.com/fencelint/fencelint/sampledriver/agx/hw"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

type jobStats struct{ latency time.Duration }

// QueueStats is how one queue fared.
type QueueStats struct {
	Name         string
	Jobs, Failed int
	MaxLatency   time.Duration
}

// Result is what became of a run.
type Result struct {
	sim.Result
	Jobs    int             // awaited by their clients
	Latency []time.Duration // from submission to signal, sorted
	Queues  []QueueStats
	Errors  map[string]int // that clients were given
	Driver  agx.Stats
	GPU     hw.Stats
	Memory  kmem.Stats
	Reclaim reclaim.Stats
}

func (r *run) result(res sim.Result, mem kmem.Stats, rec reclaim.Stats) Result {
	out := Result{Result: res, Jobs: len(r.jobs), Queues: r.queues, Errors: r.errors, GPU: r.gpu.Stats(), Memory: mem, Reclaim: rec}
	for _, j := range r.jobs {
		out.Latency = append(out.Latency, j.latency)
	}
	slices.Sort(out.Latency)
	if r.dev != nil {
		out.Driver = r.dev.Stats()
	}
	return out
}

// Percentile returns the latency that p in a hundred jobs did not exceed.
func (r *Result) Percentile(p int) time.Duration {
	if len(r.Latency) == 0 {
		return 0
	}
	return r.Latency[(len(r.Latency)-1)*p/100]
}

// Throughput is the number of awaited jobs per second of virtual time.
func (r *Result) Throughput() float64 {
	if r.Now == 0 {
		return 0
	}
	return float64(r.Jobs) / r.Now.Seconds()
}

// Problems lists what must not happen in any run: a deadlock, a call that its context
// forbids, a leak, memory taken away under the GPU's feet.
func (r *Result) Problems() []string {
	var list []string
	if r.Halt != nil {
		list = append(list, r.Halt.Error())
	}
	for _, trip := range r.Trips {
		list = append(list, trip.String())
	}
	list = append(list, r.Leaks...)
	if r.GPU.Stray > 0 {
		list = append(list, fmt.Sprintf("%d commands touched memory that was taken away", r.GPU.Stray))
	}
	return list
}

// Print writes r for a reader.
func (r *Result) Print(w io.Writer) {
	d, g := &r.Driver, &r.GPU
	p := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	p("virtual time   %v in %d steps", r.Now, r.Steps)
	p("throughput     %d jobs, %.0f a second; %d submissions, %d refused", r.Jobs, r.Throughput(), d.Submitted, d.Refused)
	p("fence latency  p50 %v  p90 %v  p99 %v  max %v", r.Percentile(50), r.Percentile(90), r.Percentile(99), r.Percentile(100))
	p("jobs           %d done, %d failed", d.Done, d.Failed)
	p("hardware       %d commands, %d interrupts (%d lost), %d faults, %d crashes, %d boots, %d partial renders",
		g.Commands, g.Interrupts, g.LostIRQs, g.Faults, g.Crashes, g.Boots, g.Partial)
	p("recovery       %d faults handled, %d resets, %d rescues without one", d.Faults, d.Resets, d.Rescues)
	p("memory         %d pages at most, %d allocations, %d failed (%d on purpose)", r.Memory.Peak, r.Memory.Allocs, r.Memory.Failed, r.Memory.Injected)
	p("reclaim        %d direct (%d throttled), %d background; %d pages shrunk, %d unmapped; %d evictions, %d after a fence wait, %d restored; %d mirrors invalidated, %d submissions built anew",
		r.Reclaim.Direct, r.Reclaim.Throttled, r.Reclaim.Background, r.Reclaim.Shrunk, r.Reclaim.Unmapped, d.Evicted, d.EvictWaits, d.Restored, d.Invalidated, d.Stale)
	p("firmware       %d garbage collections, %d round trips (%d unanswered)", d.Collections, d.RoundTrips, d.RoundTripsLost)
	for _, s := range []struct {
		name string
		slot interface{ String() string }
	}{{"VM", d.VM}, {"event", d.Event}, {"buffer", d.Buffer}} {
		p("%-6s slots   %s", s.name, s.slot)
	}
	for _, q := range r.Queues {
		p("%-14s %d jobs, %d failed, longest %v", q.Name, q.Jobs, q.Failed, q.MaxLatency)
	}
	for _, text := range slices.Sorted(maps.Keys(r.Errors)) {
		p("error          %4d x %s", r.Errors[text], text)
	}
	problems := r.Problems()
	if len(problems) == 0 {
		p("verdict        no deadlock, no lost fence, no leak")
	}
	for _, text := range problems {
		p("PROBLEM        %s", text)
	}
}
