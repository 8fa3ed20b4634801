package kmem

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// kswapd is the task that reclaims in the background.
type kswapd struct {
	task   *sim.Task
	wanted bool
}

//fencelint:trusted -- the simulator's reclaim task
func (z *Zone) startKswapd(m *sim.Machine) {
	z.kswapd = &kswapd{}
	z.kswapd.task = m.SpawnDaemon("kswapd", z.balance)
}

// wake lets the task look at the watermarks. Without one, nothing happens.
//
//fencelint:trusted -- the simulator's reclaim task
func (k *kswapd) wake() {
	if k != nil {
		k.wanted = true
		k.task.Unpark()
	}
}

// balance reclaims until the high watermark is reached or there is no progress.
//
//fencelint:trusted -- the simulator's reclaim task; shrinkers and notifiers speak for themselves
func (z *Zone) balance(t *sim.Task) {
	for {
		for !z.kswapd.wanted {
			t.Park(sim.Wait{Text: "waits for low memory", Idle: true})
		}
		z.kswapd.wanted = false
		for z.Free() < z.cfg.High && reclaim.Background(t, z.cfg.High-z.Free()) > 0 {
			t.Preempt()
		}
		t.Sleep(time.Millisecond)
	}
}
