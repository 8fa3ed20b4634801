package kmem_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// cache holds pages that it gives back when asked.
type cache struct {
	pages []*kmem.Pages
	flags []gfp.Flags // of the scans
}

func (c *cache) Count(*sim.Task, reclaim.Control) int { return len(c.pages) }

func (c *cache) Scan(t *sim.Task, ctl reclaim.Control) int {
	c.flags = append(c.flags, ctl.Flags)
	n := min(ctl.Want, len(c.pages))
	for _, p := range c.pages[:n] {
		kmem.Free(t, p)
	}
	c.pages = c.pages[n:]
	return n
}

// run gives f a machine with ten pages, of which the last two are reserves.
func run(f func(t *sim.Task, z *kmem.Zone)) sim.Result {
	m := sim.New(sim.Config{})
	z := kmem.Setup(m, kmem.Config{Total: 10, Min: 2, Low: 3, High: 4})
	m.Spawn("test", func(t *sim.Task) { f(t, z) })
	return m.Run()
}

func TestWatermarks(t *testing.T) {
	tests := []struct {
		name   string
		flags  gfp.Flags
		pages  int
		cached int // pages that a shrinker could give back
		ok     bool
		direct bool // reclaimed in the caller
	}{
		{"enough", gfp.Kernel, 8, 0, true, false},
		{"reserves are not for everybody", gfp.Kernel, 9, 0, false, true},
		{"nor for those who may not wait", gfp.NoWait, 9, 0, false, false},
		{"but for atomic ones", gfp.Atomic, 10, 0, true, false},
		{"more than there is", gfp.Atomic, 11, 0, false, false},
		{"reclaims", gfp.Kernel, 8, 5, true, true},
		{"reclaims without FS", gfp.NoFS, 8, 5, true, true},
		{"reclaims without IO", gfp.NoIO, 8, 5, true, true},
		{"does not wait for reclaim", gfp.NoWait, 8, 5, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := run(func(task *sim.Task, z *kmem.Zone) {
				c := &cache{}
				reclaim.Register(task, c)
				for range tt.cached {
					p, err := kmem.Alloc(task, gfp.NoWait&^gfp.KswapdReclaim, 1)
					if err != nil {
						t.Error(err)
					}
					c.pages = append(c.pages, p)
				}
				p, err := kmem.Alloc(task, tt.flags, tt.pages)
				if (err == nil) != tt.ok || err != nil && !errors.Is(err, kmem.ErrNoMemory) {
					t.Errorf("got %v", err)
				}
				if got := reclaim.Of(task.Machine()).Stats().Direct > 0; got != tt.direct {
					t.Errorf("direct reclaim: %v", got)
				}
				for _, f := range c.flags {
					if tt.direct && f != tt.flags {
						t.Errorf("a shrinker was told %v", f)
					}
				}
				reclaim.Unregister(task, c)
				c.Scan(task, reclaim.Control{Want: 10})
				kmem.Free(task, p)
				if z.Free() != 10 {
					t.Errorf("%d pages free at the end", z.Free())
				}
			})
			if res.Halt != nil || len(res.Trips) > 0 || len(res.Leaks) > 0 {
				t.Error(res.Halt, res.Trips, res.Leaks)
			}
		})
	}
}

func TestKswapd(t *testing.T) {
	res := run(func(task *sim.Task, z *kmem.Zone) {
		c := &cache{}
		reclaim.Register(task, c)
		for range 8 {
			p, err := kmem.Alloc(task, gfp.NoWait, 1)
			if err != nil {
				t.Error(err)
			}
			c.pages = append(c.pages, p)
		}
		task.Sleep(time.Second)
		if z.Free() < 4 {
			t.Errorf("%d pages free, below the high watermark", z.Free())
		}
		if s := reclaim.Of(task.Machine()).Stats(); s.Background == 0 || s.Direct > 0 {
			t.Errorf("got %+v", s)
		}
		c.Scan(task, reclaim.Control{Want: 10})
	})
	if res.Halt != nil || len(res.Leaks) > 0 {
		t.Error(res.Halt, res.Leaks)
	}
}

func TestInjection(t *testing.T) {
	m := sim.New(sim.Config{})
	z := kmem.Setup(m, kmem.Config{FailPercent: 20, ReclaimPercent: 20})
	m.Spawn("test", func(t *sim.Task) {
		for range 1000 {
			if p, err := kmem.Alloc(t, gfp.Kernel, 1); err == nil {
				kmem.Free(t, p)
			}
		}
	})
	if res := m.Run(); res.Halt != nil || len(res.Leaks) > 0 {
		t.Fatal(res.Halt, res.Leaks)
	}
	if s := z.Stats(); s.Injected < 150 || s.Injected > 250 || s.Failed != s.Injected {
		t.Errorf("got %+v", s)
	}
	if d := reclaim.Of(m).Stats().Direct; d < 100 || d > 250 {
		t.Errorf("%d direct reclaims", d)
	}
}

func TestTrips(t *testing.T) {
	room := make([]int, 0, 8)
	tests := []struct {
		name string
		call func(t *sim.Task)
		trip bool
	}{
		{"kernel", func(t *sim.Task) { kmem.New[int](t, gfp.Kernel) }, true},
		{"noio", func(t *sim.Task) { kmem.New[int](t, gfp.NoIO) }, true},
		{"atomic", func(t *sim.Task) { kmem.New[int](t, gfp.Atomic) }, false},
		{"nowait", func(t *sim.Task) { kmem.Make[int](t, gfp.NoWait, 3) }, false},
		{"room enough, still a mistake", func(t *sim.Task) { kmem.Grow(t, gfp.Kernel, room, 8) }, true},
		{"noreclaim scope", func(t *sim.Task) {
			s := gfp.SaveNoReclaim(t)
			kmem.New[int](t, gfp.Kernel)
			gfp.RestoreNoReclaim(t, s)
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := run(func(task *sim.Task, _ *kmem.Zone) {
				task.EnterAtomic()
				tt.call(task)
				task.LeaveAtomic()
			})
			if (len(res.Trips) == 1) != tt.trip || len(res.Trips) > 1 {
				t.Errorf("got %v", res.Trips)
			}
		})
	}
}

func TestGrow(t *testing.T) {
	run(func(task *sim.Task, z *kmem.Zone) {
		s, err := kmem.Grow(task, gfp.Kernel, []int{1, 2}, 3)
		if err != nil || len(s) != 2 || cap(s) < 5 || s[1] != 2 {
			t.Errorf("got %v (room for %d), %v", s, cap(s), err)
		}
		before := z.Stats().Allocs
		if _, err := kmem.Grow(task, gfp.Kernel, s, cap(s)-len(s)); err != nil || z.Stats().Allocs != before {
			t.Errorf("growth into room that is there allocates (%v)", err)
		}
	})
}

func TestLeak(t *testing.T) {
	res := run(func(task *sim.Task, _ *kmem.Zone) { kmem.Alloc(task, gfp.Kernel, 3) })
	if got := strings.Join(res.Leaks, "; "); got != "3 pages were never freed" {
		t.Errorf("got %q", got)
	}
}
