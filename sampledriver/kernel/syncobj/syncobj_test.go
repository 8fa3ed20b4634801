package syncobj_test

import (
	"errors"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/syncobj"
)

func TestObject(t *testing.T) {
	m := sim.New(sim.Config{})
	m.Spawn("test", func(task *sim.Task) {
		var o syncobj.Object
		if err := o.Wait(task); !errors.Is(err, syncobj.ErrNoFence) || o.WaitTimeout(task, time.Second) {
			t.Errorf("no fence: %v", err)
		}
		var f fence.Fence
		f.Init(task, fence.NewContext("test"))
		waiter := task.Spawn("early waiter", func(task *sim.Task) {
			if err := o.WaitForSubmit(task); err != nil || task.Now() != 2*time.Second {
				t.Errorf("waited until %v, %v", task.Now(), err)
			}
		})
		task.Spawn("signaller", func(task *sim.Task) { task.Sleep(2 * time.Second); f.Signal(task) })
		task.Sleep(time.Second)
		o.Replace(task, &f)
		if o.Fence() != &f || o.WaitTimeout(task, time.Millisecond) {
			t.Error("wrong fence, or it has signalled")
		}
		if err := o.Wait(task); err != nil {
			t.Error(err)
		}
		task.Join(waiter)
	})
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 || len(res.Leaks) > 0 {
		t.Error(res.Halt, res.Trips, res.Leaks)
	}
}

func TestFile(t *testing.T) {
	m := sim.New(sim.Config{})
	m.Spawn("test", func(task *sim.Task) {
		file, err := syncobj.NewFile(task)
		if err != nil || file.Fence() != nil {
			t.Errorf("got %v, %v", file, err)
		}
		var f fence.Fence
		f.Init(task, fence.NewContext("test"))
		file.Install(task, &f)
		f.Signal(task)
		if file.Fence() != &f {
			t.Error("wrong fence")
		}
	})
	if res := m.Run(); res.Halt != nil {
		t.Error(res.Halt)
	}
}
