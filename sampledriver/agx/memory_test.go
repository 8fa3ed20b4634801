package agx

import (
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// TestEviction takes an object's pages and has the next job get them back.
func TestEviction(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		q, o := r.queue(), r.object(4)
		if err := r.do(q, compute(o)); err != nil {
			t.Error(err)
		}
		l := &r.dev.objects
		want := reclaim.Control{Flags: gfp.Kernel, Want: 1}
		if got := l.Count(r.k, want); got != 4 {
			t.Errorf("Count = %d, want 4", got)
		}
		if got := l.Scan(r.k, want); got != 4 {
			t.Errorf("Scan = %d, want all of the object", got)
		}
		if got := l.Count(r.k, want); got != 0 {
			t.Errorf("Count = %d once evicted", got)
		}
		if err := r.do(q, compute(o)); err != nil {
			t.Error(err)
		}
		if s := r.dev.Stats(); s.Evicted != 1 || s.Restored != 1 {
			t.Errorf("evicted %d, restored %d, want one each", s.Evicted, s.Restored)
		}
	})
}

// TestScanTries has the shrinker skip what somebody has locked.
func TestScanTries(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		o := r.object(4)
		if err := r.do(r.queue(), compute(o)); err != nil {
			t.Error(err)
		}
		resv := &r.file.objects[o].vm.resv
		resv.Lock(r.k)
		if got := r.dev.objects.Scan(r.k, reclaim.Control{Flags: gfp.Kernel, Want: 1}); got != 0 {
			t.Errorf("Scan freed %d pages of a locked object", got)
		}
		resv.Unlock(r.k)
	})
}

// TestScanWaits has the shrinker wait for a job when every object is busy.
func TestScanWaits(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		o := r.object(4)
		job := r.start(r.queue(), Command{Compute: 10 * time.Millisecond, Objects: []ID{o}})
		if got := r.dev.objects.Scan(r.k, reclaim.Control{Flags: gfp.Kernel, Want: 1}); got != 4 {
			t.Errorf("Scan = %d, want 4", got)
		}
		if f, _ := r.file.Fence(r.k, job); !f.IsSignalled() {
			t.Error("the object was evicted under the GPU's feet")
		}
	})
}

// TestMirror unmaps user memory that a job uses.
func TestMirror(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		q := r.queue()
		o := must(t)(r.file.CreateUserObject(r.k, r.vm, mm.Range{First: 4, End: 7}))
		for range 2 {
			job := r.start(q, Command{Compute: 10 * time.Millisecond, Objects: []ID{o}})
			r.user.Unmap(r.k, mm.Range{First: 0, End: 3})
			if f, _ := r.file.Fence(r.k, job); f.IsSignalled() {
				t.Error("unmapping other memory waited for the job")
			}
			r.user.Unmap(r.k, mm.Range{First: 5, End: 6})
			if f, _ := r.file.Fence(r.k, job); !f.IsSignalled() {
				t.Error("user memory was unmapped under the GPU's feet")
			}
		}
		if got := r.dev.Stats().Invalidated; got != 2 {
			t.Errorf("%d invalidations, want 2", got)
		}
	})
}

// TestStale has the user memory go away between the fault and the launch.
func TestStale(t *testing.T) {
	on(t, setup{cfg: Config{VMSlots: 1}}, func(r *rig) {
		// The only context is busy, so that the submission waits when it has faulted in.
		other := must(t)(r.file.CreateVM(r.k))
		busy := must(t)(r.file.CreateQueue(r.k, other, 0))
		r.start(busy, Command{Compute: 10 * time.Millisecond})
		o := must(t)(r.file.CreateUserObject(r.k, r.vm, mm.Range{First: 4, End: 7}))
		q := r.queue()
		submitter := r.k.Spawn("submitter", func(k *sim.Task) {
			if err := r.file.Submit(k, &Submission{Queue: q, Commands: []Command{compute(o)}}); err != nil {
				t.Error(err)
			}
		})
		r.k.Sleep(time.Millisecond)
		r.user.Unmap(r.k, mm.Range{First: 5, End: 6})
		r.k.Join(submitter)
		if got := r.dev.Stats().Stale; got != 1 {
			t.Errorf("%d submissions built anew, want 1", got)
		}
	})
}

// TestGarbage frees more than the firmware may know of.
func TestGarbage(t *testing.T) {
	on(t, setup{cfg: Config{GarbageObjects: 4}}, func(r *rig) {
		q := r.queue()
		for range 20 {
			if err := r.do(q, compute()); err != nil {
				t.Error(err)
			}
		}
		s := r.dev.Stats()
		if s.Collections < 2 || s.RoundTrips != s.Collections {
			t.Errorf("%d collections with %d round trips", s.Collections, s.RoundTrips)
		}
	})
}

// TestGrowth has a render need more blocks than there are: it is done in parts, and
// the next one is not.
func TestGrowth(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		q := r.queue()
		for i, parts := range []int{1, 1} {
			if err := r.do(q, render(6)); err != nil {
				t.Error(err)
			}
			if got := r.gpu.Stats().Partial; got != parts {
				t.Errorf("%d partial renders after render %d, want %d", got, i, parts)
			}
		}
		if got := r.dev.Stats().GrowRefused; got != 1 {
			t.Errorf("%d requests refused, want 1", got)
		}
	})
}

// TestCrowdedPipe has work queues wait on the pipe's list while its ring is full.
func TestCrowdedPipe(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		p := &r.dev.pipes[1][fw.Compute]
		idle := fw.Queue{Kind: fw.Compute, Priority: 1, Ring: fw.NewRing[*fw.Command](2)}
		for p.ring.Put(fw.Run{Queue: &idle}) {
		}
		a, b := r.start(r.queue(), compute()), r.start(r.queue(), compute())
		for _, id := range []ID{a, b} {
			if err := r.file.Wait(r.k, id); err != nil {
				t.Error(err)
			}
		}
		if p.first != nil || *p.crowded {
			t.Error("a work queue is still on the list")
		}
	})
}

// TestNoMemory has every allocation fail now and then, and requires that a refused
// submission leaves nothing behind.
func TestNoMemory(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		q, o := r.queue(), r.object(2)
		kmem.Setup(r.k.Machine(), kmem.Config{FailPercent: 10})
		var last ID
		refused := 0
		for range 200 {
			out, err := r.file.CreateSync(r.k)
			if err != nil {
				continue
			}
			s := &Submission{Queue: q, Commands: []Command{render(2, o), compute(o)}, Out: []ID{out}}
			if err := r.file.Submit(r.k, s); err != nil {
				refused++
			} else {
				last = out
			}
		}
		kmem.Setup(r.k.Machine(), kmem.Config{})
		if refused == 0 || refused == 200 {
			t.Errorf("%d of 200 refused", refused)
		}
		if err := r.file.Wait(r.k, last); err != nil {
			t.Error(err)
		}
	})
}
