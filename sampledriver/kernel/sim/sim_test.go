package sim_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

// workload is a few tasks that meet in locks, queues and time.
func workload(cfg sim.Config) (sim.Result, string) {
	var trace strings.Builder
	cfg.Trace = func(e sim.Event) { fmt.Fprintf(&trace, "%v %s %v %s\n", e.At, e.Name, e.Kind, e.Text) }
	m := sim.New(cfg)
	var mu lock.Mutex
	var q wait.Queue
	left := 3
	for i := range left {
		m.Spawn(fmt.Sprintf("task %d", i), func(t *sim.Task) {
			for range 3 {
				mu.Lock(t)
				t.Sleep(time.Duration(t.Rand().IntN(5)) * time.Millisecond)
				mu.Unlock(t)
			}
			left--
			q.Wake(t)
		})
	}
	m.Spawn("waiter", func(t *sim.Task) { q.Event(t, func() bool { return left == 0 }) })
	return m.Run(), trace.String()
}

func TestReplay(t *testing.T) {
	different := 0
	_, first := workload(sim.Config{})
	for seed := range uint64(50) {
		res, a := workload(sim.Config{Seed: seed})
		if res.Halt != nil || len(res.Trips) > 0 {
			t.Fatalf("seed %d: %v %v", seed, res.Halt, res.Trips)
		}
		if _, b := workload(sim.Config{Seed: seed}); a != b {
			t.Fatalf("seed %d gave two runs:\n%s\nand\n%s", seed, a, b)
		}
		if a != first {
			different++
		}
	}
	if different < 40 {
		t.Errorf("only %d of 50 seeds gave another run than seed 0", different)
	}
}

func TestVirtualTime(t *testing.T) {
	var order []string
	var advanced time.Duration
	m := sim.New(sim.Config{Advance: func(d time.Duration) { advanced += d }})
	for _, d := range []time.Duration{3, 1, 2} {
		m.Spawn("sleeper", func(t *sim.Task) {
			t.Sleep(d * time.Hour)
			order = append(order, t.Now().String())
		})
	}
	res := m.Run()
	if got := strings.Join(order, " "); got != "1h0m0s 2h0m0s 3h0m0s" {
		t.Errorf("woke in order %q", got)
	}
	if res.Now != 3*time.Hour || advanced != res.Now {
		t.Errorf("ended at %v, advanced by %v", res.Now, advanced)
	}
}

func TestSynctest(t *testing.T) {
	_, outside := workload(sim.Config{Seed: 7})
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		res, inside := workload(sim.Config{Seed: 7, Advance: time.Sleep})
		if inside != outside {
			t.Error("a bubble changes the run")
		}
		if got := time.Since(start); got != res.Now || got == 0 {
			t.Errorf("the bubble's clock moved by %v, the machine's by %v", got, res.Now)
		}
	})
}

func TestHalt(t *testing.T) {
	var q wait.Queue
	tests := []struct {
		name string
		cfg  sim.Config
		run  func(m *sim.Machine)
		want string // "" for no halt
	}{
		{"ends", sim.Config{}, func(m *sim.Machine) { m.Spawn("a", func(t *sim.Task) {}) }, ""},
		{"nothing to do", sim.Config{}, func(*sim.Machine) {}, ""},
		{"idle daemon", sim.Config{}, func(m *sim.Machine) {
			m.SpawnDaemon("d", func(t *sim.Task) { q.EventIdle(t, func() bool { return false }) })
		}, ""},
		{"sleeping daemon", sim.Config{}, func(m *sim.Machine) {
			m.SpawnDaemon("d", func(t *sim.Task) {
				for {
					t.Sleep(time.Second)
				}
			})
			m.Spawn("a", func(t *sim.Task) { t.Sleep(time.Minute) })
		}, ""},
		{"nobody wakes", sim.Config{}, func(m *sim.Machine) {
			m.Spawn("a", func(t *sim.Task) { q.Event(t, func() bool { return false }) })
		}, "nothing can run and no timer is set\n  task \"a\" waits in Event of wait queue"},
		{"daemon blocked, not idle", sim.Config{}, func(m *sim.Machine) {
			m.SpawnDaemon("d", func(t *sim.Task) { q.Event(t, func() bool { return false }) })
		}, "task \"d\" waits in Event"},
		{"joins itself", sim.Config{}, func(m *sim.Machine) {
			m.Spawn("a", func(t *sim.Task) { t.Join(t) })
		}, "each waits for the next"},
		{"panics", sim.Config{}, func(m *sim.Machine) {
			m.Spawn("a", func(t *sim.Task) { panic("no") })
			m.Spawn("b", func(t *sim.Task) { t.Sleep(time.Hour) })
		}, "task \"a\" panicked: no"},
		{"spins for ever", sim.Config{StepLimit: 1000}, func(m *sim.Machine) {
			m.Spawn("a", func(t *sim.Task) {
				for {
					t.Yield()
				}
			})
		}, "limit of scheduling points reached"},
		{"takes too long", sim.Config{TimeLimit: time.Hour}, func(m *sim.Machine) {
			m.Spawn("a", func(t *sim.Task) {
				for {
					t.Sleep(time.Minute)
				}
			})
		}, "limit of virtual time reached; task \"a\" in sleeps"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := sim.New(tt.cfg)
			tt.run(m)
			res := m.Run()
			switch {
			case tt.want == "" && res.Halt != nil:
				t.Errorf("halted: %v", res.Halt)
			case tt.want != "" && (res.Halt == nil || !strings.Contains(res.Halt.Error(), tt.want)):
				t.Errorf("got %v, want %q", res.Halt, tt.want)
			}
		})
	}
}

// What is left when a machine ends goes through its deferred calls, one task at a
// time, and is gone when Run returns.
func TestUnwind(t *testing.T) {
	var mu lock.Mutex
	var q wait.Queue
	var ended []string
	m := sim.New(sim.Config{})
	for _, name := range []string{"a", "b"} {
		m.SpawnDaemon(name, func(t *sim.Task) {
			defer func() {
				ended = append(ended, name)
				q.Event(t, func() bool { return false }) // a run that is over waits for nothing
				ended = append(ended, "not reached")
			}()
			mu.Lock(t)
			defer mu.Unlock(t)
			t.Sleep(time.Hour)
		})
	}
	m.Spawn("main", func(t *sim.Task) { t.Sleep(time.Minute) })
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
		t.Fatal(res)
	}
	if !slices.Equal(ended, []string{"a", "b"}) {
		t.Errorf("ended: %v", ended)
	}
}

func TestTrips(t *testing.T) {
	var spin lock.Spin
	var mu lock.Mutex
	tests := []struct {
		name string
		run  func(t *sim.Task)
		want string
	}{
		{"sleep in atomic", func(t *sim.Task) { t.EnterAtomic(); t.Sleep(1); t.LeaveAtomic() }, "Sleep may sleep, in atomic context"},
		{"delay in atomic", func(t *sim.Task) { t.EnterAtomic(); t.Delay(1); t.LeaveAtomic() }, ""},
		{"sleep under a spin lock", func(t *sim.Task) { spin.Lock(t); t.Sleep(1); spin.Unlock(t) }, "Sleep may sleep"},
		{"sleep after it", func(t *sim.Task) { spin.Lock(t); spin.Unlock(t); t.Sleep(1) }, ""},
		{"free mutex in atomic", func(t *sim.Task) { spin.Lock(t); mu.Lock(t); mu.Unlock(t); spin.Unlock(t) }, "Mutex.Lock may sleep"},
		{"unlock of what is not held", func(t *sim.Task) { mu.Unlock(t) }, "unlocks mutex that it does not hold"},
		{"end with a lock", func(t *sim.Task) { mu.Lock(t) }, "ends while it holds mutex"},
		{"timer callback that sleeps", func(t *sim.Task) {
			sim.NewTimer(t.Machine(), func(t *sim.Task) { t.Sleep(1) }).Start(time.Second)
			t.Sleep(time.Minute)
		}, "Sleep may sleep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spin, mu = lock.Spin{}, lock.Mutex{}
			m := sim.New(sim.Config{})
			m.Spawn("a", tt.run)
			res := m.Run()
			switch {
			case tt.want == "" && len(res.Trips) > 0:
				t.Errorf("tripped: %v", res.Trips)
			case tt.want != "" && (len(res.Trips) == 0 || !strings.Contains(res.Trips[0].String(), tt.want)):
				t.Errorf("got %v, want %q", res.Trips, tt.want)
			}
		})
	}
}

func TestTimer(t *testing.T) {
	var fired []time.Duration
	m := sim.New(sim.Config{})
	m.Spawn("a", func(t *sim.Task) {
		note := func(t *sim.Task) { fired = append(fired, t.Now()) }
		restarted, stopped := sim.NewTimer(m, note), sim.NewTimer(m, note)
		restarted.Start(time.Second)
		restarted.Start(2 * time.Second)
		stopped.Start(time.Second)
		if !stopped.Stop() || stopped.Stop() {
			t.Trip("Stop does not say whether the timer was set")
		}
		t.Sleep(time.Minute)
	})
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
		t.Fatal(res)
	}
	if !slices.Equal(fired, []time.Duration{2 * time.Second}) {
		t.Errorf("fired at %v", fired)
	}
}

func TestKill(t *testing.T) {
	var q wait.Queue
	var got error
	m := sim.New(sim.Config{})
	victim := m.Spawn("victim", func(t *sim.Task) { got = q.EventKillable(t, func() bool { return false }) })
	m.Spawn("killer", func(t *sim.Task) { t.Sleep(time.Second); victim.Kill() })
	if res := m.Run(); res.Halt != nil {
		t.Fatal(res.Halt)
	}
	if !errors.Is(got, sim.ErrKilled) {
		t.Errorf("got %v", got)
	}
}

func BenchmarkMachine(b *testing.B) {
	for b.Loop() {
		workload(sim.Config{})
	}
}
