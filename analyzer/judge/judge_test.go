package judge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// scan is a shrinker that waits for job fences.
func scan(p *program) { p.fn("d.Scan").runs(model.Reclaim).wait(job) }

// judging is a program and what is found in it.
type judging struct {
	name  string
	build func(p *program)
	want  []string // "function rule verdict level", in order
}

var programs = []judging{
	{"alloc, nobody in reclaim waits", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).alloc(kernelFlags).signal(job)
	}, []string{"d.Complete alloc-in-signalling contract error"}},
	{"alloc, a shrinker waits", func(p *program) {
		scan(p)
		p.fn("d.Complete").runs(model.Signalling).alloc(kernelFlags).signal(job)
	}, []string{"d.Complete alloc-in-signalling cycle error"}},
	{"alloc, a shrinker waits for another fence", func(p *program) {
		scan(p)
		p.fn("d.Complete").runs(model.Signalling).alloc(kernelFlags).signal(render)
	}, []string{"d.Complete alloc-in-signalling contract error"}},
	{"nofs is no help", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).alloc(nofsFlags)
	}, []string{"d.Complete alloc-in-signalling contract error"}},
	{"nowait is fine", func(p *program) {
		scan(p)
		p.fn("d.Complete").runs(model.Signalling).alloc(nowaitFlags).signal(job)
	}, []string{"d.Complete alloc-in-signalling breach note"}},
	{"nowait, whose failure is handled", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).op("alloc", summary.Op{
			Kind: summary.OpAlloc, GFP: "k.Flags", Flags: summary.Flags{{Param: -1, Or: nowaitFlags}}, Safe: true,
		}).signal(job)
	}, nil},
	{"noreclaim scope is fine", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).enter(model.NoReclaim).alloc(kernelFlags).call("d.grow")
		p.fn("d.grow").alloc(kernelFlags)
	}, nil},
	{"nofs scope is no help", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).enter(model.NoFS).alloc(kernelFlags)
	}, []string{"d.Complete alloc-in-signalling contract error"}},
	{"opportunistic is exempt", func(p *program) {
		p.fn("d.Poll").runs(model.Signalling | model.Opportunistic).alloc(kernelFlags)
		p.fn("d.Complete").runs(model.Signalling).call("d.peek").enter(model.Opportunistic).sleep()
		p.fn("d.peek").runs(model.Opportunistic).sleep()
	}, nil},
	{"three calls down, through an interface", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).call("d.a")
		p.fn("d.a").callVia(summary.Interface, "d.b")
		p.fn("d.b").call("d.a").alloc(kernelFlags)
	}, []string{"d.b alloc-in-signalling contract error"}},
	{"the caller chose the flags", func(p *program) {
		p.fn("d.Bad").runs(model.Signalling).call("d.grow", bindFlags(0, constant(kernelFlags)))
		p.fn("d.Good").runs(model.Signalling).call("d.grow", bindFlags(0, constant(nowaitFlags)))
		p.fn("d.grow").params(0).call("d.get", bindFlags(1, summary.Flag{Param: 0, And: ^uint64(0)}))
		p.fn("d.get").params(1).allocParam(1, ^uint64(0), bitFS)
	}, []string{"d.Bad alloc-in-signalling contract error", "d.Good alloc-in-signalling breach note"}},
	{"the callee clears the bit", func(p *program) {
		p.fn("d.Good").runs(model.Signalling).call("d.get", bindFlags(0, constant(kernelFlags)))
		p.fn("d.get").params(0).allocParam(0, ^uint64(bitReclaim), 0)
	}, []string{"d.get alloc-in-signalling breach note"}},
	{"the callee sets the bit", func(p *program) {
		p.fn("d.Good").runs(model.Signalling).call("d.get", bindFlags(0, constant(nowaitFlags)))
		p.fn("d.get").params(0).allocParam(0, ^uint64(0), bitReclaim)
	}, []string{"d.get alloc-in-signalling contract error"}},
	{"a region, and what lies after it", func(p *program) {
		p.fn("d.Run").alloc(kernelFlags).enter(model.Signalling).call("d.sub").leave().alloc(kernelFlags)
		p.fn("d.sub").alloc(kernelFlags)
	}, []string{"d.sub alloc-in-signalling contract error"}},
	{"published, then an allocation", func(p *program) {
		p.fn("d.Submit").alloc(kernelFlags).publish(job).alloc(kernelFlags).leave().alloc(kernelFlags)
	}, []string{"d.Submit alloc-in-signalling contract error"}},
	{"two roots, one operation", func(p *program) {
		p.fn("d.Irq").runs(model.Signalling).call("d.complete")
		p.fn("d.Timeout").runs(model.Signalling).call("d.complete")
		p.fn("d.complete").alloc(kernelFlags)
	}, []string{"d.complete alloc-in-signalling contract error +1"}},

	{"owed by a goroutine", func(p *program) {
		p.fn("d.Start").spawn("d.loop")
		p.fn("d.loop").owes(job, 0).alloc(kernelFlags).leave().alloc(kernelFlags)
	}, []string{"d.loop alloc-in-signalling contract error"}},
	{"an ordinary function that signals for its caller", func(p *program) {
		p.fn("d.finish").owes(job, 0).alloc(kernelFlags)
	}, nil},
	{"owed through the argument", func(p *program) {
		p.fn("d.Start").spawn("d.loop")
		p.fn("d.loop").params(0).call("d.finish", bindObject(0, summary.Object{Class: job.Class, Param: 0}))
		p.fn("d.finish").params(0).owes(job, 0).alloc(kernelFlags)
	}, []string{"d.finish alloc-in-signalling contract error"}},
	{"the callee signals first and allocates then", func(p *program) {
		fence := summary.Object{Class: job.Class, Param: 0}
		p.fn("d.Start").spawn("d.loop")
		p.fn("d.loop").params(0).owes(fence, 0).call("d.finish", bindObject(0, fence))
		p.fn("d.finish").params(0).owes(fence, 0).signal(fence).leave().alloc(kernelFlags)
	}, nil},
	{"the callee allocates, and does not signal", func(p *program) {
		fence := summary.Object{Class: job.Class, Param: 0}
		p.fn("d.Start").spawn("d.loop")
		p.fn("d.loop").params(0).owes(fence, 0).call("d.note", bindObject(0, fence))
		p.fn("d.note").params(0).alloc(kernelFlags)
	}, []string{"d.note alloc-in-signalling contract error"}},
	{"popped by work", func(p *program) {
		p.fn("d.Start").queue("d.work", rescuedQ)
		p.fn("d.work").call("d.step")
		p.fn("d.step").owes(job, -1).sleep()
	}, []string{"d.step sleep-in-signalling breach error"}},

	{"wait for the same fence", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).wait(job).signal(job)
	}, []string{"d.Complete wait-in-signalling cycle error"}},
	{"wait for another fence", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).wait(render).signal(job)
	}, []string{"d.Complete wait-in-signalling contract error"}},
	{"wait for a fence whose signaller waits for this one", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).wait(render).signal(job)
		p.fn("o.Complete").runs(model.Signalling).lock(mu).unlock(mu).signal(render)
		p.fn("o.Evict").lock(mu).wait(job)
	}, []string{"d.Complete wait-in-signalling cycle error", "o.Complete lock-in-signalling cycle error"}},
	{"bounded wait", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).waitBounded(render).signal(job)
	}, []string{"d.Complete wait-in-signalling breach warning"}},
	{"wait outside", func(p *program) {
		p.fn("d.Ioctl").lock(mu).wait(job).unlock(mu)
	}, nil},

	{"block on a channel", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).receive(replies)
	}, []string{"d.Complete block-in-signalling breach error"}},
	{"block on a channel for a time", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).waitBounded(replies)
	}, []string{"d.Complete block-in-signalling breach warning"}},
	{"block on a pool", func(p *program) {
		p.fn("d.RunJob").runs(model.Signalling).op("acquire", summary.Op{Kind: summary.OpAcquire, On: slots})
	}, []string{"d.RunJob block-in-signalling breach error"}},
	{"block on a pool whose slots come back when the fence has signalled", func(p *program) {
		p.fn("d.Start").spawn("d.run")
		p.fn("d.run").owes(job, 0).lock(slots).leave()
		p.fn("d.Retire").wait(job).op("put", summary.Op{Kind: summary.OpRelease, On: slots})
	}, []string{"d.run block-in-signalling cycle error"}},
	{"block on a pool that somebody else gives back to", func(p *program) {
		p.fn("d.Start").spawn("d.run")
		p.fn("d.run").owes(job, 0).lock(slots).leave()
		p.fn("d.Retire").wait(job).op("put", summary.Op{Kind: summary.OpRelease, On: slots})
		p.fn("d.Free").op("put", summary.Op{Kind: summary.OpRelease, On: slots})
	}, []string{"d.run block-in-signalling breach error"}},
	{"wait for a reply that only this goroutine passes on", func(p *program) {
		p.fn("d.Start").spawn("d.loop")
		p.fn("d.loop").call("d.reply").owes(job, 0).receive(replies).leave()
		p.fn("d.reply").send(replies)
	}, []string{"d.loop block-in-signalling cycle error"}},
	{"wait for a reply that another goroutine sends", func(p *program) {
		p.fn("d.Start").spawn("d.loop").spawn("d.reply")
		p.fn("d.loop").owes(job, 0).receive(replies).leave()
		p.fn("d.reply").send(replies)
	}, []string{"d.loop block-in-signalling breach error"}},
	{"wait for what later work of the same ordered queue gives", func(p *program) {
		p.fn("d.Start").queue("d.run", orderedQ).queue("d.reply", orderedQ)
		p.fn("d.run").owes(job, 0).receive(replies).leave()
		p.fn("d.reply").send(replies)
	}, []string{"d.run block-in-signalling cycle error"}},
	{"wait for what work of another worker gives", func(p *program) {
		p.fn("d.Start").queue("d.run", rescuedQ).queue("d.reply", rescuedQ)
		p.fn("d.run").owes(job, 0).receive(replies).leave()
		p.fn("d.reply").send(replies)
	}, []string{"d.run block-in-signalling breach error"}},
	{"select of two", func(p *program) {
		both := []summary.Case{{On: replies, Direction: summary.Receive}, {On: acks, Direction: summary.Receive}}
		p.fn("d.Complete").runs(model.Signalling).op("select", summary.Op{Kind: summary.OpWait, On: replies, Cases: both})
		p.fn("d.Scan").runs(model.Reclaim).op("select", summary.Op{Kind: summary.OpWait, On: replies, Cases: both})
	}, []string{"d.Complete block-in-signalling breach error", "d.Scan block-in-reclaim breach error"}},
	{"try a pool", func(p *program) {
		p.fn("d.RunJob").runs(model.Signalling).try(slots)
	}, nil},
	{"flush work that waits for the fence", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).flush(plainQ).signal(job)
		p.fn("d.Queue").queue("d.work", plainQ)
		p.fn("d.work").wait(job)
	}, []string{"d.Complete block-in-signalling cycle error"}},

	{"lock held over an allocation", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(mu).unlock(mu).signal(job)
		p.fn("d.Grow").lock(mu).alloc(kernelFlags).unlock(mu)
	}, []string{"d.Complete lock-in-signalling contract error"}},
	{"lock held over an allocation, and a shrinker", func(p *program) {
		scan(p)
		p.fn("d.Complete").runs(model.Signalling).lock(mu).unlock(mu).signal(job)
		p.fn("d.Grow").lock(mu).alloc(kernelFlags).unlock(mu)
	}, []string{"d.Complete lock-in-signalling cycle error"}},
	{"lock held over nowait", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(mu).unlock(mu).signal(job)
		p.fn("d.Grow").lock(mu).alloc(nowaitFlags).unlock(mu).alloc(kernelFlags)
	}, nil},
	{"lock held over a fence wait", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(mu).unlock(mu).signal(job)
		p.fn("d.Idle").lock(mu).call("d.idle").unlock(mu)
		p.fn("d.idle").wait(job)
	}, []string{"d.Complete lock-in-signalling cycle error"}},
	{"lock held over a pool wait", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(mu).unlock(mu).signal(job)
		p.fn("d.Slot").lock(mu).lock(slots).unlock(slots).unlock(mu)
	}, []string{"d.Complete lock-in-signalling contract error"}},
	{"lock held over a wait for a slot that is given back behind the lock", func(p *program) {
		p.fn("d.Start").spawn("d.complete")
		p.fn("d.complete").owes(job, 0).lock(mu).unlock(mu).op("put", summary.Op{Kind: summary.OpRelease, On: slots}).signal(job)
		p.fn("d.Slot").lock(mu).lock(slots).unlock(slots).unlock(mu)
	}, []string{"d.complete lock-in-signalling cycle error"}},
	{"trylock", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).try(mu).signal(job)
		p.fn("d.Idle").lock(mu).wait(job).unlock(mu)
	}, nil},
	{"lock behind a lock", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(outer).unlock(outer).signal(job)
		p.fn("d.A").lock(outer).lock(mu).unlock(mu).unlock(outer)
		p.fn("d.B").lock(mu).wait(job).unlock(mu)
	}, []string{"d.Complete lock-in-signalling cycle error"}},
	{"only the inner lock is at fault", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(outer).lock(mu).unlock(mu).unlock(outer).signal(job)
		p.fn("d.B").lock(mu).wait(job).unlock(mu)
	}, []string{"d.Complete lock-in-signalling cycle error"}},
	{"a lock over what is a finding by itself", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(mu).alloc(kernelFlags).unlock(mu).signal(job)
	}, []string{"d.Complete alloc-in-signalling contract error"}},
	{"reservation lock", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(resv).unlock(resv).signal(job)
	}, []string{"d.Complete lock-in-signalling contract error"}},
	{"lock taken by a helper, named by its caller", func(p *program) {
		lockOf := param(0, class(summary.Lock, "d.with:l", "k.Mutex"))
		p.fn("d.Complete").runs(model.Signalling).call("d.with", bindObject(0, mu)).signal(job)
		p.fn("d.Other").call("d.with", bindObject(0, outer))
		p.fn("d.with").params(0).lock(lockOf).unlock(lockOf)
		p.fn("d.Idle").lock(mu).wait(job).unlock(mu)
	}, []string{"d.with lock-in-signalling cycle error"}},

	{"sleep in a spin lock", func(p *program) {
		p.fn("d.A").lock(spin).sleep().unlock(spin).sleep()
	}, []string{"d.A sleep-in-atomic breach error"}},
	{"mutex in an interrupt", func(p *program) {
		p.fn("d.Irq").runs(model.Atomic).lock(spin).unlock(spin).lock(mu).unlock(mu).try(mu)
	}, []string{"d.Irq sleep-in-atomic breach error"}},
	{"alloc in an interrupt", func(p *program) {
		p.fn("d.Irq").runs(model.Atomic).alloc(nowaitFlags).enter(model.NoReclaim).alloc(kernelFlags)
	}, []string{"d.Irq alloc-in-atomic breach error"}},
	{"callback in atomic", func(p *program) {
		p.fn("d.each").params(0).callParam(0, model.Atomic)
		p.fn("d.Bad").call("d.each", bindFunc(0, "d.Bad$1"))
		p.fn("d.Bad$1").sleep()
		p.fn("d.Good").call("d.each", bindFunc(0, "d.Good$1"))
		p.fn("d.Good$1").try(mu)
	}, []string{"d.Bad$1 sleep-in-atomic breach error"}},

	{"alloc in a shrinker", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).alloc(nofsFlags).alloc(nowaitFlags)
	}, []string{"d.Scan alloc-in-reclaim cycle error"}},
	{"alloc in a notifier", func(p *program) {
		p.fn("d.Invalidate").runs(model.Notifier).alloc(kernelFlags)
	}, []string{"d.Invalidate alloc-in-reclaim cycle error"}},
	{"shrinker under noreclaim", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim | model.NoReclaim).alloc(kernelFlags)
	}, nil},
	{"shrinker takes a lock held over an allocation", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).lock(mu).unlock(mu)
		p.fn("d.Grow").lock(mu).alloc(nofsFlags).unlock(mu)
	}, []string{"d.Scan lock-in-reclaim cycle error"}},
	{"shrinker takes a lock held over a fence wait, whose signaller allocates", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).lock(mu).unlock(mu)
		p.fn("d.Wait").lock(mu).wait(job).unlock(mu)
		p.fn("d.Complete").runs(model.Signalling).alloc(kernelFlags).signal(job)
	}, []string{"d.Complete alloc-in-signalling cycle error"}},
	{"shrinker takes a lock held over a fence wait, whose signaller takes one held over an allocation", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).lock(mu).unlock(mu)
		p.fn("d.Wait").lock(mu).wait(job).unlock(mu)
		p.fn("d.Complete").runs(model.Signalling).lock(narrow).unlock(narrow).signal(job)
		p.fn("d.Grow").lock(narrow).alloc(kernelFlags).unlock(narrow)
	}, []string{"d.Complete lock-in-signalling cycle error"}},
	{"shrinker tries", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).try(mu)
		p.fn("d.Grow").lock(mu).alloc(kernelFlags).unlock(mu)
	}, nil},
	{"shrinker takes the mmap lock", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).lock(mm).unlock(mm).lock(resv).unlock(resv)
	}, []string{"d.Scan lock-in-reclaim contract error"}},
	{"shrinker waits for a fence", scan, nil},
	{"shrinker waits for a reply", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).wait(replies).waitBounded(replies)
	}, []string{"d.Scan block-in-reclaim breach error"}},
	{"shrinker flushes", func(p *program) {
		p.fn("d.Scan").runs(model.Reclaim).flush(plainQ).flush(rescuedQ)
	}, []string{"d.Scan block-in-reclaim breach error"}},

	{"signalled from a plain queue", func(p *program) {
		p.fn("d.Irq").queue("d.work", plainQ)
		p.fn("d.work").owes(job, 0).call("d.sub")
		p.fn("d.sub").signal(job)
	}, []string{"d.Irq no-rescuer contract error"}},
	{"signalled from a rescued queue", func(p *program) {
		p.fn("d.Irq").queue("d.work", rescuedQ)
		p.fn("d.work").owes(job, 0).signal(job)
	}, nil},
	{"work that signals what it made", func(p *program) {
		p.fn("d.Irq").queue("d.work", plainQ)
		p.fn("d.work").signal(job)
	}, nil},

	{"flags dropped", func(p *program) {
		p.fn("d.Table").op("alloc", summary.Op{Kind: summary.OpFlagsDropped})
	}, []string{"d.Table gfp-dropped breach warning"}},
	{"duty lost", func(p *program) {
		p.fn("d.Submit").publish(job).
			op("return err", summary.Op{Kind: summary.OpDutyLost, On: job, Failure: true}).
			op("return", summary.Op{Kind: summary.OpDutyLost, On: job})
	}, []string{"d.Submit fail-after-publish breach error", "d.Submit never-signalled breach error"}},
}

func TestJudge(t *testing.T) {
	for _, test := range slices.Concat(programs, loopPrograms) {
		t.Run(test.name, func(t *testing.T) {
			p := newProgram()
			test.build(p)
			var got []string
			for _, o := range judged(p.built()) {
				got = append(got, describe(o))
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(test.want))
			if !slices.Equal(got, want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
			}
		})
	}
}

func judged(p *judge.Program) []judge.Occurrence { return judge.Judge(p, p.Graph()) }

func describe(o judge.Occurrence) string {
	s := fmt.Sprintf("%s %s %s %s", o.Func, o.Rule, o.Verdict, o.Level)
	if o.More > 0 {
		s += fmt.Sprintf(" +%d", o.More)
	}
	return s
}
