package resv_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/resv"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

func TestObject(t *testing.T) {
	m := sim.New(sim.Config{})
	m.Spawn("test", func(task *sim.Task) {
		var o resv.Object
		c := fence.NewContext("test")
		var f, g fence.Fence
		f.Init(task, c)
		g.Init(task, c)
		o.Lock(task)
		if err := o.Reserve(task, 2); err != nil {
			t.Error(err)
		}
		o.Add(task, &f)
		o.Add(task, &g)
		o.Unlock(task)
		if o.Idle() || len(o.Fences()) != 2 {
			t.Errorf("has %d fences", len(o.Fences()))
		}
		task.Spawn("signaller", func(task *sim.Task) {
			f.SetError(task, fence.ErrCancelled)
			f.Signal(task)
			task.Sleep(time.Second)
			g.Signal(task)
		})
		if err := o.Wait(task); !errors.Is(err, fence.ErrCancelled) || task.Now() != time.Second || !o.Idle() {
			t.Errorf("waited until %v, %v", task.Now(), err)
		}
	})
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
		t.Error(res.Halt, res.Trips)
	}
}

func TestMisuse(t *testing.T) {
	tests := []struct {
		name string
		run  func(t *sim.Task, o *resv.Object, f *fence.Fence)
		want string
	}{
		{"no room", func(t *sim.Task, o *resv.Object, f *fence.Fence) { o.Lock(t); o.Add(t, f); o.Unlock(t) }, "without room reserved"},
		{"no lock", func(t *sim.Task, o *resv.Object, f *fence.Fence) { o.Reserve(t, 1) }, "does not hold reservation"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := sim.New(sim.Config{})
			m.Spawn("test", func(t *sim.Task) {
				var f fence.Fence
				f.Init(t, fence.NewContext("test"))
				tt.run(t, &resv.Object{}, &f)
				f.Signal(t)
			})
			res := m.Run()
			if len(res.Trips) == 0 || !strings.Contains(res.Trips[0].Text, tt.want) {
				t.Errorf("got %v", res.Trips)
			}
		})
	}
}
