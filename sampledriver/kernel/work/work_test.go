package work_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/work"
)

// seeds runs f as the first task of a machine for each of 50 seeds.
func seeds(t *testing.T, f func(t *sim.Task, m *sim.Machine)) {
	t.Helper()
	for seed := range uint64(50) {
		m := sim.New(sim.Config{Seed: seed})
		m.Spawn("main", func(task *sim.Task) { f(task, m) })
		if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
			t.Fatalf("seed %d: %v %v", seed, res.Halt, res.Trips)
		}
	}
}

func TestConcurrency(t *testing.T) {
	tests := []struct {
		name string
		cfg  work.Config
		most int
	}{
		{"ordered", work.Config{Ordered: true}, 1},
		{"two at a time", work.Config{MaxActive: 2}, 2},
		{"four by default", work.Config{}, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			seeds(t, func(task *sim.Task, m *sim.Machine) {
				q := work.NewQueue(m, "test", tt.cfg)
				inside, most := 0, 0
				var order []int
				items := make([]work.Item, 8)
				for i := range items {
					items[i].Init(q, func(t *sim.Task) {
						order = append(order, i)
						inside++
						most = max(most, inside)
						t.Sleep(time.Millisecond)
						inside--
					})
					q.Queue(task, &items[i])
				}
				q.Flush(task)
				if len(order) != len(items) || most != tt.most {
					t.Errorf("ran %v, %d at one time", order, most)
				}
				if tt.cfg.Ordered && !slices.IsSorted(order) {
					t.Errorf("ran in order %v", order)
				}
			})
		})
	}
}

func TestItem(t *testing.T) {
	tests := []struct {
		name string
		run  func(t *sim.Task, q *work.Queue, w *work.Item, runs *int)
		want int // runs in the end
	}{
		{"once", func(t *sim.Task, q *work.Queue, w *work.Item, runs *int) {
			q.Queue(t, w)
			q.FlushItem(t, w)
		}, 1},
		{"again while it runs", func(t *sim.Task, q *work.Queue, w *work.Item, runs *int) {
			q.Queue(t, w)
			t.Sleep(time.Millisecond / 2)
			if !q.Queue(t, w) || q.Queue(t, w) {
				t.Trip("Queue does not say whether it was queued")
			}
			q.FlushItem(t, w)
		}, 2},
		{"cancelled", func(t *sim.Task, q *work.Queue, w *work.Item, runs *int) {
			q.QueueDelayed(t, w, time.Second)
			if !q.Cancel(t, w) || q.Cancel(t, w) {
				t.Trip("Cancel does not say whether it did")
			}
			t.Sleep(time.Minute)
		}, 0},
		{"cancelled while it runs", func(t *sim.Task, q *work.Queue, w *work.Item, runs *int) {
			q.Queue(t, w)
			t.Sleep(time.Millisecond / 2)
			q.CancelSync(t, w)
			if *runs != 1 {
				t.Trip("CancelSync does not wait")
			}
		}, 1},
		{"delayed", func(t *sim.Task, q *work.Queue, w *work.Item, runs *int) {
			q.QueueDelayed(t, w, time.Second)
			if q.QueueDelayed(t, w, time.Hour) {
				t.Trip("delayed twice")
			}
			t.Sleep(999 * time.Millisecond)
			if *runs != 0 {
				t.Trip("too early")
			}
			t.Sleep(3 * time.Millisecond)
		}, 1},
		{"flush of idle work", func(t *sim.Task, q *work.Queue, w *work.Item, runs *int) {
			q.FlushItem(t, w)
			q.CancelSync(t, w)
		}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			seeds(t, func(task *sim.Task, m *sim.Machine) {
				q := work.NewQueue(m, "test", work.Config{})
				runs, inside := 0, 0
				var w work.Item
				w.Init(q, func(t *sim.Task) {
					inside++
					t.Sleep(time.Millisecond)
					if inside > 1 {
						t.Trip("an item runs twice at one time")
					}
					inside--
					runs++
				})
				tt.run(task, q, &w, &runs)
				if runs != tt.want {
					t.Errorf("ran %d times", runs)
				}
			})
		})
	}
}

// An item that always queues itself again can be flushed, and cancelled for good.
func TestRequeue(t *testing.T) {
	seeds(t, func(task *sim.Task, m *sim.Machine) {
		q := work.NewQueue(m, "test", work.Config{})
		var w work.Item
		runs := 0
		w.Init(q, func(t *sim.Task) {
			runs++
			t.Sleep(time.Millisecond)
			q.Queue(t, &w)
		})
		q.Queue(task, &w)
		q.FlushItem(task, &w)
		q.CancelSync(task, &w)
	})
}

func TestSubmit(t *testing.T) {
	seeds(t, func(task *sim.Task, m *sim.Machine) {
		q := work.NewQueue(m, "test", work.Config{Ordered: true})
		ran := false
		if err := q.Submit(task, gfp.Kernel, func(*sim.Task) { ran = true }); err != nil {
			t.Error(err)
		}
		q.Flush(task)
		if !ran {
			t.Error("did not run")
		}
	})
}

func TestDeadlock(t *testing.T) {
	tests := []struct {
		name string
		cfg  work.Config
		run  func(q *work.Queue, w, other *work.Item) func(t *sim.Task)
		want string // "" for none
	}{
		{"flushes itself", work.Config{}, func(q *work.Queue, w, _ *work.Item) func(t *sim.Task) {
			return func(t *sim.Task) { q.FlushItem(t, w) }
		}, "in FlushItem of work on test"},
		{"cancels itself", work.Config{}, func(q *work.Queue, w, _ *work.Item) func(t *sim.Task) {
			return func(t *sim.Task) { q.CancelSync(t, w) }
		}, "in CancelSync of work on test"},
		{"waits for a later item of an ordered queue", work.Config{Ordered: true}, func(q *work.Queue, w, other *work.Item) func(t *sim.Task) {
			return func(t *sim.Task) { q.Queue(t, other); q.FlushItem(t, other) }
		}, "in FlushItem of work on test"},
		{"waits for a later item", work.Config{MaxActive: 2}, func(q *work.Queue, w, other *work.Item) func(t *sim.Task) {
			return func(t *sim.Task) { q.Queue(t, other); q.FlushItem(t, other) }
		}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := sim.New(sim.Config{})
			m.Spawn("main", func(t *sim.Task) {
				q := work.NewQueue(m, "test", tt.cfg)
				var w, other work.Item
				other.Init(q, func(*sim.Task) {})
				w.Init(q, tt.run(q, &w, &other))
				q.Queue(t, &w)
				q.FlushItem(t, &w)
			})
			res := m.Run()
			d, ok := res.Halt.(*sim.Deadlock)
			if ok != (tt.want != "") {
				t.Fatalf("got %v", res.Halt)
			}
			if ok && (!d.Cycle || !strings.Contains(d.Error(), tt.want)) {
				t.Errorf("got %v", d)
			}
		})
	}
}
