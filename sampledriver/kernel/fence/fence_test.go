package fence_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

func TestFence(t *testing.T) {
	tests := []struct {
		name  string
		tasks func(m *sim.Machine, f, g *fence.Fence) // g signals by itself after a second
		halt  string
		trip  string
		leak  string
	}{
		{name: "waits", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("signaller", func(t *sim.Task) { t.Sleep(time.Second); f.Signal(t) })
			m.Spawn("waiter", func(t *sim.Task) {
				if f.Wait(t) != nil || t.Now() != time.Second {
					t.Trip("did not wait")
				}
			})
		}},
		{name: "keeps its error", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) {
				f.SetError(t, fence.ErrCancelled)
				if !f.Signal(t) || f.Signal(t) || !errors.Is(f.Wait(t), fence.ErrCancelled) {
					t.Trip("lost the error")
				}
				f.Wait(t)
			})
		}},
		{name: "error too late", trip: "sets the error of fence test:1, which has signalled", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) { f.Signal(t); f.SetError(t, fence.ErrCancelled) })
		}},
		{name: "bounded wait", leak: "fence test:1 was never signalled", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("waiter", func(t *sim.Task) {
				if f.WaitTimeout(t, time.Second) || t.Now() != time.Second {
					t.Trip("the timeout does not end the wait")
				}
				if !g.WaitTimeout(t, time.Hour) {
					t.Trip("the signal does not end the wait")
				}
			})
		}},
		{name: "never signalled", leak: "fence test:1 was never signalled", tasks: func(m *sim.Machine, f, g *fence.Fence) {}},
		{name: "discarded", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) { f.Discard(t) })
		}},
		{name: "nobody signals", halt: `task "a" waits in Wait of fence test:1`, tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) { g.Wait(t); f.Wait(t) })
		}},
		{name: "own fence", halt: "each waits for the next", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			f.SignalledBy(m.Spawn("a", func(t *sim.Task) { f.Wait(t); f.Signal(t) }))
		}},
		{name: "signaller needs the waiter's lock", halt: "each waits for the next", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			var resv lock.Resv
			f.SignalledBy(m.Spawn("signaller", func(t *sim.Task) {
				t.Sleep(time.Millisecond)
				resv.Lock(t)
				f.Signal(t)
				resv.Unlock(t)
			}))
			m.Spawn("waiter", func(t *sim.Task) { resv.Lock(t); f.Wait(t); resv.Unlock(t) })
		}},
		{name: "waiter holds nothing that is needed", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			var resv lock.Resv
			f.SignalledBy(m.Spawn("signaller", func(t *sim.Task) { resv.Lock(t); f.Signal(t); resv.Unlock(t) }))
			m.Spawn("waiter", func(t *sim.Task) { f.Wait(t); resv.Lock(t); resv.Unlock(t) })
		}},
		{name: "waits in atomic", trip: "Fence.Wait may sleep, in atomic context", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) { t.EnterAtomic(); f.Signal(t); f.Wait(t); t.LeaveAtomic() })
		}},
		{name: "callback that sleeps", trip: "Mutex.Lock may sleep, in atomic context", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			var mu lock.Mutex
			m.Spawn("a", func(t *sim.Task) {
				f.AddCallback(t, func(t *sim.Task, f *fence.Fence) { mu.Lock(t); mu.Unlock(t) })
				f.Signal(t)
			})
		}},
		{name: "callback signals its own context", halt: `spin lock of fence context test`, tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) {
				f.AddCallback(t, func(t *sim.Task, f *fence.Fence) { g.Signal(t) })
				f.Signal(t)
			})
		}},
		{name: "callback signals another context", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) {
				var out fence.Fence
				out.Init(t, fence.NewContext("out"))
				f.AddCallback(t, func(t *sim.Task, f *fence.Fence) { out.Signal(t) })
				f.Signal(t)
				out.Wait(t)
			})
		}},
		{name: "callbacks once, in order, not when removed or late", tasks: func(m *sim.Machine, f, g *fence.Fence) {
			m.Spawn("a", func(t *sim.Task) {
				var order []int
				note := func(i int) func(*sim.Task, *fence.Fence) {
					return func(*sim.Task, *fence.Fence) { order = append(order, i) }
				}
				f.AddCallback(t, note(1))
				removed := f.AddCallback(t, note(2))
				f.AddCallback(t, note(3))
				if !f.RemoveCallback(t, removed) || f.RemoveCallback(t, removed) {
					t.Trip("RemoveCallback does not say whether it did")
				}
				f.Signal(t)
				f.Signal(t)
				if f.AddCallback(t, note(4)) != nil || !slices.Equal(order, []int{1, 3}) {
					t.Trip("wrong callbacks")
				}
			})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(20) {
				m := sim.New(sim.Config{Seed: seed})
				var f, g fence.Fence
				m.Spawn("setup", func(t *sim.Task) {
					c := fence.NewContext("test")
					f.Init(t, c)
					g.Init(t, c)
					m.Spawn("g", func(t *sim.Task) { t.Sleep(time.Second); g.Signal(t) })
					tt.tasks(m, &f, &g)
				})
				res := m.Run()
				halt := ""
				if res.Halt != nil {
					halt = res.Halt.Error()
				}
				var trips []string
				for _, tr := range res.Trips {
					trips = append(trips, tr.String())
				}
				same(t, seed, "halt", halt, tt.halt)
				same(t, seed, "trips", strings.Join(trips, "\n"), tt.trip)
				if tt.trip == "" {
					same(t, seed, "leaks", strings.Join(res.Leaks, "\n"), tt.leak)
				}
			}
		})
	}
}

// same requires that got contains want, or is empty when want is.
func same(t *testing.T, seed uint64, what, got, want string) {
	t.Helper()
	if (want == "") != (got == "") || !strings.Contains(got, want) {
		t.Fatalf("seed %d: %s: got %q, want %q", seed, what, got, want)
	}
}
