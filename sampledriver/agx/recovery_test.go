package agx

import (
	"errors"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/hw"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// TestFaults has everything go wrong in one way and requires that the fence signals
// with the error that fits.
func TestFaults(t *testing.T) {
	tests := []struct {
		name   string
		faults hw.Faults
		want   error
		saw    func(Stats) int
	}{
		{"page fault", hw.Faults{PageFault: 1000}, ErrFaulted, func(s Stats) int { return s.Faults }},
		{"hang", hw.Faults{Hang: 1000}, ErrTimeout, func(s Stats) int { return s.Faults }},
		{"crash", hw.Faults{Crash: 1000}, ErrTimeout, func(s Stats) int { return s.Resets }},
		{"lost interrupts", hw.Faults{LostIRQ: 1000}, nil, func(s Stats) int { return s.Rescues }},
		{"garbled messages", hw.Faults{Corrupt: 500}, nil, func(s Stats) int { return s.Done }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			variants(t, func(t *testing.T, cfg Config) {
				cfg.Timeout = 500 * time.Millisecond
				on(t, setup{cfg: cfg, faults: tt.faults}, func(r *rig) {
					q := r.queue()
					for range 3 {
						if err := r.do(q, compute()); !errors.Is(err, tt.want) {
							t.Errorf("job ended with %v, want %v", err, tt.want)
						}
					}
					if tt.saw(r.dev.Stats()) == 0 {
						t.Errorf("no trace of it: %+v", r.dev.Stats())
					}
				})
			})
		})
	}
}

// TestInnocent has the jobs of others end too when one faults, with another error.
func TestInnocent(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		bad, good := r.queue(), r.queue()
		o := r.object(1)
		guilty := r.start(bad, compute(o))
		// The page goes away under the job that has not begun: a fault of the driver's making.
		r.file.objects[o].vm.table.Unmap(r.file.objects[o].at, 1)
		innocent := r.start(good, Command{Vertex: time.Second, Fragment: 1})
		if err := r.file.Wait(r.k, guilty); !errors.Is(err, ErrFaulted) {
			t.Errorf("the guilty job ended with %v", err)
		}
		if err := r.file.Wait(r.k, innocent); !errors.Is(err, ErrKilled) {
			t.Errorf("the innocent job ended with %v", err)
		}
		r.stray = 1
	})
}

// TestDeviceGivenUp has every reset be in vain.
func TestDeviceGivenUp(t *testing.T) {
	on(t, setup{cfg: Config{Timeout: 10 * time.Millisecond, MaxResets: 1}, faults: hw.Faults{Crash: 1000}}, func(r *rig) {
		q := r.queue()
		for i := range 20 {
			out := must(t)(r.file.CreateSync(r.k))
			err := r.file.Submit(r.k, &Submission{Queue: q, Commands: []Command{compute()}, Out: []ID{out}})
			if errors.Is(err, ErrNoDevice) {
				if i == 0 {
					t.Error("refused at once")
				}
				return
			}
			if err := r.file.Wait(r.k, out); !errors.Is(err, ErrTimeout) && !errors.Is(err, ErrNoDevice) {
				t.Errorf("job ended with %v", err)
			}
		}
		t.Error("the device was never given up")
	})
}

// TestKilled closes a client that does not wait for its jobs.
func TestKilled(t *testing.T) {
	variants(t, func(t *testing.T, cfg Config) {
		on(t, setup{cfg: cfg}, func(r *rig) {
			user := mm.NewAddressSpace(r.k, "victim", 4)
			victim := &rig{t: t, k: r.k, dev: r.dev, gpu: r.gpu, user: user, file: r.dev.Open(r.k, user)}
			victim.vm = must(t)(victim.file.CreateVM(r.k))
			q, o := victim.queue(), victim.object(2)
			running := victim.start(q, Command{Compute: time.Hour, Objects: []ID{o}})
			waiting := must(t)(victim.file.CreateSync(r.k))
			s := &Submission{Queue: victim.queue(), Commands: []Command{render(1, o)}, In: []ID{running}, Out: []ID{waiting}}
			if err := victim.file.Submit(r.k, s); err != nil {
				t.Fatal(err)
			}
			r.k.Sleep(time.Millisecond)
			victim.file.Close(r.k, true)
			user.Close(r.k)
			for _, id := range []ID{running, waiting} {
				f, _ := victim.file.Fence(r.k, id)
				if !f.IsSignalled() || !errors.Is(f.Err(), fence.ErrCancelled) {
					t.Errorf("%v: signalled %v, error %v; want cancelled", f, f.IsSignalled(), f.Err())
				}
			}
			if err := r.do(r.queue(), compute()); err != nil {
				t.Errorf("a job of the survivor ended with %v", err)
			}
		})
	})
}

// TestKilledInSubmit kills a client that waits for a context, while another has the
// only one.
func TestKilledInSubmit(t *testing.T) {
	on(t, setup{cfg: Config{VMSlots: 1}}, func(r *rig) {
		busy := r.start(r.queue(), Command{Compute: time.Second})
		other := must(t)(r.file.CreateVM(r.k))
		q := must(t)(r.file.CreateQueue(r.k, other, 0))
		victim := r.k.Spawn("victim", func(k *sim.Task) {
			if err := r.file.Submit(k, &Submission{Queue: q, Commands: []Command{compute()}}); !errors.Is(err, sim.ErrKilled) {
				t.Errorf("Submit = %v, want %v", err, sim.ErrKilled)
			}
		})
		r.k.Sleep(time.Millisecond)
		victim.Kill()
		r.k.Join(victim)
		if err := r.file.Wait(r.k, busy); err != nil {
			t.Error(err)
		}
	})
}
