package slot

import (
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
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

func TestReuse(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 1, 2)
		a, fresh, _ := table.Get(task, task, Token{})
		if !fresh || a.Index != 1 {
			t.Errorf("first Get = %v, %v; want slot 1, fresh", a, fresh)
		}
		table.Put(task, a)
		again, fresh, _ := table.Get(task, task, a)
		if fresh || again != a {
			t.Errorf("Get of one's own = %v, %v; want %v, as it was", again, fresh, a)
		}
		table.Put(task, a)

		b, _, _ := table.Get(task, task, Token{})
		c, _, _ := table.Get(task, task, Token{})
		table.Put(task, b)
		table.Put(task, c)
		if _, fresh, _ := table.Get(task, task, a); !fresh {
			t.Error("Get of a slot that was another's says that it is as it was")
		}
		if got := table.Stats().Steals; got == 0 {
			t.Error("no steal counted")
		}
	})
}

func TestLeastRecentlyUsed(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 0, 3)
		var toks []Token
		for range 3 {
			tok, _, _ := table.Get(task, task, Token{})
			toks = append(toks, tok)
		}
		for _, i := range []int{1, 2, 0} {
			table.Put(task, toks[i])
		}
		for _, want := range []int{1, 2, 0} {
			if tok, _, _ := table.Get(task, task, Token{}); tok.Index != want {
				t.Errorf("Get = slot %d, want %d, which was put back earlier", tok.Index, want)
			}
		}
	})
}

func TestGetWaits(t *testing.T) {
	run(t, func(task *sim.Task) {
		table := NewTable("test", 0, 1)
		tok, _, _ := table.Get(task, task, Token{})
		other := task.Spawn("other", func(task *sim.Task) {
			tok, _, _ := table.Get(task, task, Token{})
			table.Put(task, tok)
		})
		task.Sleep(time.Millisecond)
		if other.Ended() {
			t.Error("a second owner got the only slot")
		}
		table.Put(task, tok)
		task.Join(other)
		if got := table.Stats(); got.Waits != 1 || got.LongestWait < time.Millisecond {
			t.Errorf("Stats = %+v, want one wait of a millisecond", got)
		}
		if got := table.Free(); got != 1 {
			t.Errorf("Free = %d at the end", got)
		}
	})
}
