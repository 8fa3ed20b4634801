package gfp_test

import (
	"testing"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// in runs f as the only task of a machine.
func in(t *testing.T, f func(t *sim.Task)) {
	t.Helper()
	m := sim.New(sim.Config{})
	m.Spawn("test", f)
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
		t.Fatal(res.Halt, res.Trips)
	}
}

func TestScopes(t *testing.T) {
	in(t, func(task *sim.Task) {
		want := func(where string, f, want gfp.Flags) {
			t.Helper()
			if got := gfp.Current(task, f); got != want {
				t.Errorf("%s: %v became %v, want %v", where, f, got, want)
			}
		}
		want("outside", gfp.Kernel, gfp.Kernel)
		fs := gfp.SaveNoFS(task)
		want("nofs", gfp.Kernel, gfp.NoFS)
		want("nofs", gfp.NoWait, gfp.NoWait)
		io := gfp.SaveNoIO(task)
		want("noio in nofs", gfp.Kernel, gfp.NoIO)
		again := gfp.SaveNoFS(task)
		gfp.RestoreNoFS(task, again)
		gfp.RestoreNoIO(task, io)
		want("a nested scope leaves the outer one", gfp.Kernel, gfp.NoFS)
		gfp.RestoreNoFS(task, fs)
		want("outside again", gfp.Kernel, gfp.Kernel)
		none := gfp.SaveNoReclaim(task)
		want("noreclaim", gfp.Kernel, gfp.Kernel&^gfp.DirectReclaim|gfp.Reserves)
		gfp.RestoreNoReclaim(task, none)
	})
}

// A scope is the task's own: what it starts is not in it.
func TestScopeIsNotInherited(t *testing.T) {
	in(t, func(task *sim.Task) {
		saved := gfp.SaveNoFS(task)
		task.Join(task.Spawn("child", func(child *sim.Task) {
			if got := gfp.Current(child, gfp.Kernel); got != gfp.Kernel {
				t.Errorf("child has %v", got)
			}
		}))
		gfp.RestoreNoFS(task, saved)
	})
}

func TestString(t *testing.T) {
	for f, want := range map[gfp.Flags]string{
		gfp.Kernel: "Kernel", gfp.NoFS: "NoFS", gfp.NoIO: "NoIO", gfp.NoWait: "NoWait", gfp.Atomic: "Atomic",
		gfp.Kernel &^ gfp.DirectReclaim: "KswapdReclaim|IO|FS", 0: "",
	} {
		if got := f.String(); got != want {
			t.Errorf("%#x: got %q, want %q", uint32(f), got, want)
		}
	}
}
