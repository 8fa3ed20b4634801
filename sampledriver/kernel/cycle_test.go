package kernel_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/work"
)

// ordered is a queue as a driver should have it.
var ordered = work.Config{Ordered: true, Rescuer: true}

// run lets four clients submit to a device with too little memory.
func run(cfg sim.Config, p plant) sim.Result {
	m := sim.New(cfg)
	kmem.Setup(m, kmem.Config{Total: 12, Min: 4, Low: 5, High: 6, ReclaimPercent: 30})
	m.Spawn("main", func(t *sim.Task) {
		d := start(t, "gpu", p)
		var clients []*sim.Task
		for i := range 4 {
			clients = append(clients, t.Spawn(fmt.Sprintf("client %d", i), func(t *sim.Task) {
				for range 3 {
					d.submit(t)
				}
			}))
		}
		for _, c := range clients {
			t.Join(c)
		}
		d.stop(t)
	})
	return m.Run()
}

// planted are the cycles of the discussion, each beside twins that differ in the one
// thing that matters.
var planted = []struct {
	name  string
	plant plant
	// nodes must all be in the report, want "" says that no run deadlocks.
	nodes string
}{
	{"nothing", plant{events: ordered}, ""},
	{"waiting in reclaim alone", plant{events: ordered, shrink: idle, notify: idle}, ""},
	{"allocating in completion alone", plant{events: ordered, complete: grow(gfp.Kernel)}, ""},

	{"completion allocates, shrinker waits", plant{events: ordered, complete: grow(gfp.Kernel), shrink: idle},
		`task "events of gpu/0"; fence job of gpu`},
	{"completion allocates, others reclaim and wait", plant{events: ordered, complete: grow(gfp.Kernel), shrink: idle},
		`task "events of gpu/0" waits in throttled direct reclaim; memory reclaim; task "client; fence job of gpu`},
	{"completion allocates without FS and IO, notifier waits", plant{events: ordered, complete: grow(gfp.NoIO), notify: idle},
		`task "events of gpu/0"; fence job of gpu`},
	{"completion does not wait for memory", plant{events: ordered, complete: grow(gfp.NoWait), shrink: idle, notify: idle}, ""},
	{"completion uses reserves", plant{events: ordered, complete: grow(gfp.Atomic), shrink: idle, notify: idle}, ""},
	{"completion in a scope", plant{events: ordered, shrink: idle, complete: func(t *sim.Task, d *device) {
		s := gfp.SaveNoReclaim(t)
		kmem.Make[int](t, gfp.Kernel, 1)
		gfp.RestoreNoReclaim(t, s)
	}}, ""},

	{"completion locks what is held over an allocation", plant{events: ordered, shrink: idle,
		submit: func(t *sim.Task, d *device) { d.mu.Lock(t); kmem.New[int](t, gfp.Kernel); d.mu.Unlock(t) },
		complete: func(t *sim.Task, d *device) {
			d.mu.Lock(t)
			d.mu.Unlock(t)
		}}, `task "events of gpu/0"; mutex of gpu; fence job of gpu`},
	{"completion tries it", plant{events: ordered, shrink: idle,
		submit: func(t *sim.Task, d *device) { d.mu.Lock(t); kmem.New[int](t, gfp.Kernel); d.mu.Unlock(t) },
		complete: func(t *sim.Task, d *device) {
			if d.mu.TryLock(t) {
				d.mu.Unlock(t)
			}
		}}, ""},

	{"completion takes the reservation", plant{events: ordered, shrink: idle,
		complete: func(t *sim.Task, d *device) { d.buffer.Lock(t); d.buffer.Unlock(t) }},
		`task "events of gpu/0"; reservation; fence job of gpu`},

	{"shrinker locks what is held over an allocation", plant{events: ordered,
		submit: func(t *sim.Task, d *device) { d.mu.Lock(t); kmem.New[int](t, gfp.Kernel); d.mu.Unlock(t) },
		shrink: func(t *sim.Task, d *device) { d.mu.Lock(t); d.mu.Unlock(t) }},
		`task "client`},
	{"shrinker tries it", plant{events: ordered,
		submit: func(t *sim.Task, d *device) { d.mu.Lock(t); kmem.New[int](t, gfp.Kernel); d.mu.Unlock(t) },
		shrink: func(t *sim.Task, d *device) {
			if d.mu.TryLock(t) {
				d.mu.Unlock(t)
			}
		}}, ""},

	{"completion waits for a slot", plant{events: ordered,
		complete: func(t *sim.Task, d *device) { d.slots.put(t, d.slots.get(t)) }},
		`task "events of gpu/0"; wait queue; slots of gpu; fence job of gpu`},

	{"no rescuer", plant{events: work.Config{Ordered: true}, shrink: idle},
		`task "events of gpu/0"; fence job of gpu`},
	{"no rescuer, nobody waits in reclaim", plant{events: work.Config{Ordered: true}}, ""},

	{"completion flushes its own queue", plant{events: ordered,
		complete: func(t *sim.Task, d *device) { d.events.Flush(t) }},
		`task "events of gpu/0"; work on events of gpu`},
}

func TestPlanted(t *testing.T) {
	for _, tt := range planted {
		t.Run(tt.name, func(t *testing.T) {
			var best *sim.Deadlock
			for seed := range uint64(100) {
				res := run(sim.Config{Seed: seed}, tt.plant)
				d, ok := res.Halt.(*sim.Deadlock)
				if tt.nodes == "" {
					if res.Halt != nil || len(res.Trips) > 0 || len(res.Leaks) > 0 {
						t.Fatalf("seed %d: %v %v %v", seed, res.Halt, res.Trips, res.Leaks)
					}
					continue
				}
				if res.Halt != nil && (!ok || !d.Cycle) {
					t.Fatalf("seed %d: %v", seed, res.Halt)
				}
				if ok && all(d.Error(), tt.nodes) {
					best = d
				}
			}
			if tt.nodes != "" && best == nil {
				t.Errorf("no run of 100 deadlocks through %s", tt.nodes)
			}
		})
	}
}

// all reports whether text contains every one of parts, which are separated by "; ".
func all(text, parts string) bool {
	for part := range strings.SplitSeq(parts, "; ") {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}

// The report of the canonical cycle names the calls of both halves.
func TestReport(t *testing.T) {
	p := plant{events: ordered, complete: grow(gfp.Kernel), shrink: idle}
	for seed := range uint64(100) {
		d, ok := run(sim.Config{Seed: seed}, p).Halt.(*sim.Deadlock)
		if !ok {
			continue
		}
		for _, want := range []string{
			"each waits for the next, the last for the first",
			`task "events of gpu/0" waits in Wait of fence job of gpu:`,
			"resv.(*Object).Wait",
			"kernel_test.(*device).Scan",
			"kmem.Make",
			"kernel_test.(*device).completed",
		} {
			if !strings.Contains(d.Error(), want) {
				t.Errorf("no %q in:\n%v", want, d)
			}
		}
		return
	}
	t.Error("no deadlock")
}

// One seed is one run, also when it ends in a deadlock, and in a bubble.
func TestReplay(t *testing.T) {
	traced := func(seed uint64, advance func(time.Duration)) string {
		var b strings.Builder
		res := run(sim.Config{Seed: seed, Advance: advance, Trace: func(e sim.Event) { fmt.Fprintln(&b, e) }},
			plant{events: ordered, complete: grow(gfp.Kernel), shrink: idle})
		fmt.Fprintln(&b, res.Now, res.Steps, res.Halt)
		return b.String()
	}
	for seed := range uint64(10) {
		first := traced(seed, nil)
		if again := traced(seed, nil); again != first {
			t.Fatalf("seed %d gave two runs:\n%s\nand\n%s", seed, first, again)
		}
		synctest.Test(t, func(t *testing.T) {
			if again := traced(seed, time.Sleep); again != first {
				t.Fatalf("seed %d gave another run in a bubble", seed)
			}
		})
	}
}

func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		run(sim.Config{}, plant{events: ordered, shrink: idle, notify: idle})
	}
}
