package slot

import (
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// run has f run as the only task that must end.
func run(t *testing.T, f func(task *sim.Task)) {
	t.Helper()
	m := sim.New(sim.Config{})
	m.Spawn("test", f)
	if res := m.Run(); res.Halt != nil {
		t.Fatal(res.Halt)
	}
}

// get has each of owners get a user.
func get(task *sim.Task, s *Table, priority int, owners ...*Owner) State {
	var claims []*Claim
	for _, o := range owners {
		claims = append(claims, &Claim{Owner: o, Users: 1})
	}
	if err := s.Get(task, priority, claims...); err != nil {
		panic(err) // nobody kills a task here
	}
	return claims[0].State
}

// owners returns n owners whose slots task will put back.
func owners(task *sim.Task, n int) []*Owner {
	list := make([]*Owner, n)
	for i := range list {
		list[i] = new(Owner)
		list[i].Init(task)
	}
	return list
}

func TestReuse(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 1, 2, FirstCome)
		o := owners(task, 3)
		a, b, c := o[0], o[1], o[2]
		if state := get(task, table, 0, a); state != Fresh || a.Index() != 1 {
			t.Errorf("first Get = slot %d, %v; want slot 1, fresh", a.Index(), state)
		}
		if state := get(task, table, 0, a); state != Shared || table.Free() != 1 {
			t.Errorf("Get of a slot that one has = %v with %d left; want it shared", state, table.Free())
		}
		if table.Put(task, a) || !table.Put(task, a) {
			t.Error("the slot was not put back by the last of two users")
		}
		if state := get(task, table, 0, a); state != Kept || a.Index() != 1 {
			t.Errorf("Get of one's own = slot %d, %v; want slot 1 as it was", a.Index(), state)
		}
		table.Put(task, a)

		get(task, table, 0, b)
		get(task, table, 0, c)
		table.Put(task, b)
		table.Put(task, c)
		if state := get(task, table, 0, a); state != Fresh {
			t.Error("Get of a slot that was another's says that it is as it was")
		}
		if got := table.Stats().Steals; got == 0 {
			t.Error("no steal counted")
		}
	})
}

func TestLeastRecentlyUsed(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 0, 3, FirstCome)
		first := owners(task, 3)
		for _, o := range first {
			get(task, table, 0, o)
		}
		for _, i := range []int{1, 2, 0} {
			table.Put(task, first[i])
		}
		for i, o := range owners(task, 3) {
			get(task, table, 0, o)
			if want := []int{1, 2, 0}[i]; o.Index() != want {
				t.Errorf("Get = slot %d, want %d, which was put back earlier", o.Index(), want)
			}
		}
	})
}

func TestGetWaits(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 0, 1, FirstCome)
		mine := owners(task, 1)[0]
		get(task, table, 0, mine)
		other := task.Spawn("other", func(task *sim.Task) {
			o := owners(task, 1)[0]
			get(task, table, 0, o)
			table.Put(task, o)
		})
		task.Sleep(time.Millisecond)
		if other.Ended() {
			t.Error("a second owner got the only slot")
		}
		table.Put(task, mine)
		task.Join(other)
		if got := table.Stats(); got.Waits != 1 || got.LongestWait < time.Millisecond {
			t.Errorf("Stats = %+v, want one wait of a millisecond", got)
		}
		if got := table.Free(); got != 1 {
			t.Errorf("Free = %d at the end", got)
		}
	})
}

// TestTogether has two tasks that need two of three slots each. With one slot each
// they would wait for each other.
func TestTogether(t *testing.T) {
	for seed := range uint64(50) {
		m := sim.New(sim.Config{Seed: seed})
		table := NewTable("test", 0, 3, FirstCome)
		for range 2 {
			m.Spawn("pair", func(task *sim.Task) {
				o := owners(task, 2)
				for range 10 {
					get(task, table, 0, o...)
					task.Yield()
					table.Put(task, o[0])
					table.Put(task, o[1])
				}
			})
		}
		if res := m.Run(); res.Halt != nil {
			t.Fatalf("seed %d: %v", seed, res.Halt)
		}
	}
}

func TestReserved(t *testing.T) {
	run(t, func(task *sim.Task) {
		const n = 2 * reserve
		for priority, want := range []int{n, n - 2, n - 4} {
			table := NewTable("test", 0, n, Reserved)
			got := 0
			for _, o := range owners(task, n) {
				if table.admits(&request{priority, []*Claim{{Owner: o, Users: 1}}}) {
					get(task, table, priority, o)
					got++
				}
			}
			if got != want {
				t.Errorf("priority %d got %d slots, want %d", priority, got, want)
			}
		}
	})
}

// TestReservedWaits has a less urgent owner wait while slots are free, and a more
// urgent one take one.
func TestReservedWaits(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 0, reserve, Reserved)
		o := owners(task, reserve)
		for _, low := range o[:reserve-1] {
			get(task, table, 1, low)
		}
		low := task.Spawn("low", func(task *sim.Task) { get(task, table, 1, owners(task, 1)...) })
		task.Sleep(time.Millisecond)
		if low.Ended() || table.Free() != 1 {
			t.Error("the reserved slot went to a less urgent owner")
		}
		get(task, table, 0, o[reserve-1])
		table.Put(task, o[0])
		task.Join(low)
	})
}

// TestRoundTrip has an owner that always wants its slot again give it up as soon as
// another waits; with FirstCome it keeps it.
func TestRoundTrip(t *testing.T) {
	for policy, want := range map[Policy]string{FirstCome: "mine mine mine other", RoundTrip: "mine other mine mine"} {
		t.Run(policy.String(), func(t *testing.T) {
			run(t, func(task *sim.Task) {
				var order []string
				table := NewTable("test", 0, 1, policy)
				mine := new(Owner)
				mine.Init(done{})
				use := func(task *sim.Task, o *Owner, name string) {
					get(task, table, 0, o)
					order = append(order, name)
					task.Spawn("job", func(task *sim.Task) {
						task.Sleep(10 * time.Millisecond)
						table.Put(task, o)
					})
				}
				use(task, mine, "mine")
				other := task.Spawn("other", func(task *sim.Task) {
					o := new(Owner)
					o.Init(done{})
					use(task, o, "other")
				})
				for range 2 {
					task.Sleep(time.Millisecond)
					use(task, mine, "mine")
				}
				task.Join(other)
				if got := strings.Join(order, " "); got != want {
					t.Errorf("order = %s, want %s", got, want)
				}
			})
		})
	}
}

// done is the holder of a slot that somebody will put back.
type done struct{}

func (done) String() string { return "job" }

// Needs makes done a node of the wait-for graph.
func (done) Needs() waitfor.Needs { return waitfor.Free() }
