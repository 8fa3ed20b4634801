package judge_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A body may do less than its directives say, and not more.
func TestPromises(t *testing.T) {
	effect := func(kind model.EffectKind) model.Effect { return model.Effect{Kind: kind} }
	bounded := func(kind model.EffectKind) model.Effect { return model.Effect{Kind: kind, Bounded: true} }
	queue := obj(class(summary.WaitQueue, "d.Dev.queue", "k.Queue"))
	outside := obj(class(summary.Outside, "outside", ""))
	tests := []struct {
		name    string
		effects []model.Effect
		body    func(p *program, f *fn)
		want    []string // "operation at the call", in order
	}{
		{"a wait beside a sleep", []model.Effect{effect(model.Sleeps)}, func(p *program, f *fn) { f.sleep().wait(job) }, []string{"wait"}},
		{"a wait that is said", []model.Effect{effect(model.Waits)}, func(p *program, f *fn) { f.sleep().wait(job) }, nil},
		{"a wait in a flush", []model.Effect{effect(model.Flushes)}, func(p *program, f *fn) { f.wait(job) }, nil},
		{"a wait in a lock", []model.Effect{effect(model.Acquires)}, func(p *program, f *fn) { f.wait(job) }, []string{"wait"}},
		{"an allocation", []model.Effect{effect(model.Waits)}, func(p *program, f *fn) { f.alloc(kernelFlags) }, []string{"alloc"}},
		{"an allocation that is said", []model.Effect{effect(model.Allocates)}, func(p *program, f *fn) { f.alloc(kernelFlags).sleep() }, nil},
		{"an allocation that never waits", []model.Effect{effect(model.Waits)}, func(p *program, f *fn) { f.alloc(nowaitFlags) }, nil},
		{"an allocation under noreclaim", []model.Effect{effect(model.Waits)}, func(p *program, f *fn) { f.enter(model.NoReclaim).alloc(kernelFlags) }, nil},
		{"an allocation with the caller's flags", []model.Effect{effect(model.Waits)}, func(p *program, f *fn) { f.params(0).allocParam(0, ^uint64(0), 0) }, []string{"alloc"}},
		{"below a call", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) {
			f.call("d.helper")
			p.fn("d.helper").call("d.deeper")
			p.fn("d.deeper").sleep()
		}, []string{"d.helper()"}},
		{"a call twice", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) {
			f.call("d.helper").call("d.helper")
			p.fn("d.helper").sleep().wait(job)
		}, []string{"d.helper()"}},
		{"in a goroutine", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) {
			f.spawn("d.helper")
			p.fn("d.helper").wait(job)
		}, nil},
		{"in reclaim", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) {
			scan(p)
			f.call("d.Scan")
		}, nil},
		{"a pool", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) { f.lock(slots) }, []string{"lock"}},
		{"a pool that is said", []model.Effect{effect(model.Acquires)}, func(p *program, f *fn) { f.lock(slots) }, nil},
		{"a pool that is tried", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) { f.try(slots) }, nil},
		{"a lock", []model.Effect{effect(model.Signals)}, func(p *program, f *fn) { f.lock(mu) }, nil},
		{"a wait queue", []model.Effect{effect(model.Wakes)}, func(p *program, f *fn) { f.wait(queue) }, []string{"wait"}},
		{"a flush", []model.Effect{effect(model.Wakes)}, func(p *program, f *fn) { f.flush(plainQ) }, []string{"flush"}},
		{"something outside", []model.Effect{effect(model.Wakes)}, func(p *program, f *fn) { f.wait(outside) }, []string{"wait"}},
		{"without bound where a bound is said", []model.Effect{bounded(model.Sleeps)}, func(p *program, f *fn) { f.wait(queue) }, []string{"wait"}},
		{"with the bound that is said", []model.Effect{bounded(model.Sleeps)}, func(p *program, f *fn) { f.waitBounded(queue) }, nil},
		{"nothing said", nil, func(p *program, f *fn) { f.wait(job).sleep() }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := broken(model.Contract{Name: "d.F", Effects: tt.effects}, tt.body); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Whom nobody looks at, or who was described from outside, breaks no promise.
func TestPromisesOfOthers(t *testing.T) {
	body := func(p *program, f *fn) { f.wait(job) }
	sleeps := []model.Effect{{Kind: model.Sleeps}}
	for _, c := range []model.Contract{
		{Name: "d.F", Effects: sleeps, Trusted: "a reason"},
		{Name: "d.F", Effects: sleeps, Model: true},
		{Name: "d.F", Runs: model.Signalling},
	} {
		if got := broken(c, body); len(got) > 0 {
			t.Errorf("%s: got %q", &c, got)
		}
	}
}

// broken returns what d.F, which does body, does besides its contract.
func broken(c model.Contract, body func(p *program, f *fn)) []string {
	p := newProgram()
	body(p, p.fn("d.F"))
	built := p.built()
	declared := &model.Package{Path: "d", Contracts: []model.Contract{c}}
	for _, typ := range testModel.Types() {
		declared.Types = append(declared.Types, *typ)
	}
	built.Model = model.NewSet(declared)
	var got []string
	for _, o := range judge.Judge(built, built.Graph()) {
		if o.Rule != "bad-directive" {
			continue
		}
		if o.Func != "d.F" || o.Verdict != "breach" || len(o.Lanes) != 1 || o.Fingerprint == "" {
			got = append(got, fmt.Sprintf("incomplete: %+v", o))
		}
		got = append(got, o.What)
	}
	return got
}
