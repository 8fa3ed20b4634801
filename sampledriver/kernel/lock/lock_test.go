package lock_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// run runs tasks on a fresh machine.
func run(seed uint64, tasks ...func(t *sim.Task)) sim.Result {
	m := sim.New(sim.Config{Seed: seed})
	for i, f := range tasks {
		m.Spawn(string(rune('a'+i)), f)
	}
	return m.Run()
}

func TestDeadlock(t *testing.T) {
	type always int
	const (
		never always = iota
		sometimes
		every
	)
	tests := []struct {
		name  string
		tasks func() []func(t *sim.Task)
		want  always
		nodes string // of the shortest report
	}{
		{"one mutex", func() []func(t *sim.Task) {
			var mu lock.Mutex
			f := func(t *sim.Task) { mu.Lock(t); t.Yield(); mu.Unlock(t) }
			return []func(t *sim.Task){f, f, f}
		}, never, ""},
		{"taken twice", func() []func(t *sim.Task) {
			var mu lock.Mutex
			return []func(t *sim.Task){func(t *sim.Task) { mu.Lock(t); mu.Lock(t) }}
		}, every, `task "a", mutex`},
		{"opposite orders", func() []func(t *sim.Task) {
			var a, b lock.Mutex
			a.SetName("A")
			b.SetName("B")
			return []func(t *sim.Task){
				func(t *sim.Task) { a.Lock(t); b.Lock(t); b.Unlock(t); a.Unlock(t) },
				func(t *sim.Task) { b.Lock(t); a.Lock(t); a.Unlock(t); b.Unlock(t) },
			}
		}, sometimes, `task "a", mutex B, task "b", mutex A`},
		{"opposite orders of spin locks", func() []func(t *sim.Task) {
			var a, b lock.Spin
			return []func(t *sim.Task){
				func(t *sim.Task) { a.Lock(t); b.Lock(t); b.Unlock(t); a.Unlock(t) },
				func(t *sim.Task) { b.Lock(t); a.Lock(t); a.Unlock(t); b.Unlock(t) },
			}
		}, sometimes, `task "a", spin lock, task "b", spin lock`},
		{"opposite orders, one tries", func() []func(t *sim.Task) {
			var a, b lock.Mutex
			return []func(t *sim.Task){
				func(t *sim.Task) { a.Lock(t); b.Lock(t); b.Unlock(t); a.Unlock(t) },
				func(t *sim.Task) {
					b.Lock(t)
					if a.TryLock(t) {
						a.Unlock(t)
					}
					b.Unlock(t)
				},
			}
		}, never, ""},
		{"held by one that has ended", func() []func(t *sim.Task) {
			var mu lock.Mutex
			return []func(t *sim.Task){func(t *sim.Task) { mu.Lock(t) }, func(t *sim.Task) { mu.Lock(t) }}
		}, every, `task "a", mutex, task "b"`},
		{"readers together", func() []func(t *sim.Task) {
			var rw lock.RW
			f := func(t *sim.Task) { rw.RLock(t); rw.RLock(t); rw.RUnlock(t); rw.RUnlock(t) }
			return []func(t *sim.Task){f, f}
		}, never, ""},
		{"reads again while a writer waits", func() []func(t *sim.Task) {
			var rw lock.RW
			return []func(t *sim.Task){
				func(t *sim.Task) { rw.RLock(t); t.Yield(); rw.RLock(t); rw.RUnlock(t); rw.RUnlock(t) },
				func(t *sim.Task) { rw.Lock(t); rw.Unlock(t) },
			}
		}, sometimes, `task "a", rw lock`},
		{"reservations in opposite orders", func() []func(t *sim.Task) {
			var a, b lock.Resv
			return []func(t *sim.Task){
				func(t *sim.Task) { a.Lock(t); b.Lock(t); b.Unlock(t); a.Unlock(t) },
				func(t *sim.Task) { b.Lock(t); a.Lock(t); a.Unlock(t); b.Unlock(t) },
			}
		}, sometimes, `task "a", reservation, task "b", reservation`},
		{"reservations as pairs", func() []func(t *sim.Task) {
			var a, b lock.Resv
			return []func(t *sim.Task){
				func(t *sim.Task) { lock.LockPair(t, &a, &b); b.Unlock(t); a.Unlock(t) },
				func(t *sim.Task) { lock.LockPair(t, &b, &a); a.Unlock(t); b.Unlock(t) },
			}
		}, never, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			const seeds = 200
			found, nodes := 0, ""
			for seed := range uint64(seeds) {
				res := run(seed, tt.tasks()...)
				d, ok := errors.AsType[*sim.Deadlock](res.Halt)
				if !ok {
					if res.Halt != nil {
						t.Fatal(res.Halt)
					}
					continue
				}
				found++
				var steps []string
				for _, s := range d.Steps {
					steps = append(steps, s.Node)
				}
				// A ring can be told from any of its nodes: the one that comes first in the
				// alphabet stands for all.
				if s := strings.Join(steps, ", "); nodes == "" || s < nodes {
					nodes = s
				}
			}
			got := sometimes
			switch found {
			case 0:
				got = never
			case seeds:
				got = every
			}
			if got != tt.want {
				t.Errorf("%d deadlocks in %d seeds", found, seeds)
			}
			if nodes != tt.nodes {
				t.Errorf("report: got %q, want %q", nodes, tt.nodes)
			}
		})
	}
}

func TestExclusion(t *testing.T) {
	for seed := range uint64(100) {
		var mu lock.Mutex
		var rw lock.RW
		var spin lock.Spin
		inMutex, inSpin, writers, readers := 0, 0, 0, 0
		check := func(t *sim.Task) {
			if inMutex > 1 || inSpin > 1 || writers > 1 || writers == 1 && readers > 0 {
				t.Trip("two are inside")
			}
		}
		task := func(t *sim.Task) {
			mu.Lock(t)
			inMutex++
			t.Yield()
			check(t)
			inMutex--
			mu.Unlock(t)

			spin.Lock(t)
			inSpin++
			t.Preempt()
			check(t)
			inSpin--
			spin.Unlock(t)

			rw.Lock(t)
			writers++
			t.Yield()
			check(t)
			writers--
			rw.Unlock(t)

			rw.RLock(t)
			readers++
			t.Yield()
			check(t)
			readers--
			rw.RUnlock(t)
		}
		if res := run(seed, task, task, task); res.Halt != nil || len(res.Trips) > 0 {
			t.Fatalf("seed %d: %v %v", seed, res.Halt, res.Trips)
		}
	}
}
