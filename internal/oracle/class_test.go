package oracle

import (
	"slices"
	"testing"
)

// TestClassify puts deadlocks down to assumptions: each of them has a program of which it
// holds, and one, a little different, of which it does not.
func TestClassify(t *testing.T) {
	const (
		mu = iota
		ready
		cond
		fence
		slots
		spin
	)
	on := func(op Op, field int) *Stmt { return &Stmt{Op: op, On: Ref{0, field}} }
	start := func(body ...*Stmt) *Stmt { return &Stmt{Op: Go, Func: -1, Body: body} }
	waiter := func() *Stmt { return start(on(Lock, mu), on(WaitFlag, cond), on(Unlock, mu)) }
	alloc := &Stmt{Op: Alloc}
	tests := []struct {
		name      string
		body      []*Stmt
		shrinkers bool // reclaim takes the lock
		want      string
	}{
		{name: "a variable changes behind a signal", body: []*Stmt{
			waiter(), on(FenceSignal, fence), on(SetFlag, cond),
		}, want: "a variable changes before somebody is let go on"},
		{name: "a variable changes behind an unlock, and a lock", body: []*Stmt{
			waiter(), on(FenceSignal, fence), on(Lock, mu), on(SetFlag, cond), on(Unlock, mu),
		}},
		{name: "a variable changes behind a slot", body: []*Stmt{
			waiter(), on(Get, slots), on(SetFlag, cond), on(Put, slots),
		}, want: "something changes while a slot or an annotated lock is taken"},
		{name: "a variable changes behind an annotated lock", body: []*Stmt{
			waiter(), on(Lock, spin), on(SetFlag, cond), on(Unlock, spin),
		}, want: "something changes while a slot or an annotated lock is taken"},
		{name: "an annotated lock that is never given back", body: []*Stmt{
			on(Lock, spin), on(Lock, spin),
		}, want: "a lock that is no mutex is not given back"},
		{name: "a slot that is never given back", body: []*Stmt{
			on(Get, slots), on(Get, slots),
		}, want: "a slot that is never given back"},
		{name: "two slots of which one is given back", body: []*Stmt{
			start(on(Get, slots), on(Get, slots), on(Put, slots)),
		}, want: "a slot that is never given back"},
		{name: "made, and not published", body: []*Stmt{
			start(on(Lock, mu), on(FenceWait, fence), on(Unlock, mu)), alloc, on(FenceSignal, fence),
		}, shrinkers: true, want: "who has made a fence waits for memory, and has not published it"},
		{name: "made, not published, and signalled by what is started later", body: []*Stmt{
			start(on(Lock, mu), on(FenceWait, fence), on(Unlock, mu)), alloc, start(on(FenceSignal, fence)),
		}, shrinkers: true, want: "who has made a fence waits for memory, and has not published it"},
		{name: "published", body: []*Stmt{
			on(Publish, fence), start(on(Lock, mu), on(FenceWait, fence), on(Unlock, mu)), alloc, on(FenceSignal, fence),
		}, shrinkers: true},
		{name: "signalled by another, who is in reclaim", body: []*Stmt{
			start(on(Lock, mu), on(FenceWait, fence), on(Unlock, mu)), start(alloc, on(FenceSignal, fence)),
		}, shrinkers: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := &Program{
				Types: []Type{{Name: "node", Fields: []Field{
					{Name: "mu", Kind: Mutex}, {Name: "ready", Kind: Flag}, {Name: "cond", Kind: Cond, Lock: mu},
					{Name: "fence", Kind: Fence}, {Name: "slots", Kind: Slots, Size: 1},
					{Name: "spin", Kind: Spin},
				}}},
				Objects: []Object{{"a", 0}},
				Body:    test.body,
			}
			if test.shrinkers {
				p.Funcs = []*Func{{Name: "scan", Params: []int{0}, Body: []*Stmt{on(Lock, mu), on(Unlock, mu)}}}
				p.Shrinkers = []Handler{{Func: 0, Args: []int{0}}}
			}
			ref, err := Explore(p)
			if err != nil {
				t.Fatal(err)
			}
			o := &Outcome{Program: p, Source: Print(p, "p"), Reference: ref}
			var got []string
			for _, d := range ref.Deadlocks {
				got = append(got, o.classify(d))
			}
			if slices.Sort(got); !slices.Equal(slices.Compact(got), []string{test.want}) {
				t.Errorf("got %q, want %q\n%s", got, test.want, describe(p, ref))
			}
		})
	}
}

// TestApart tells a lock that is in the same object as a pool, of which a deadlock is found,
// from one in another object.
func TestApart(t *testing.T) {
	const mu, slots = 0, 1
	on := func(op Op, base, field int) *Stmt { return &Stmt{Op: op, On: Ref{base, field}} }
	for _, locked := range []int{0, 1} {
		p := &Program{
			Types:   []Type{{Name: "node", Fields: []Field{{Name: "mu", Kind: Mutex}, {Name: "slots", Kind: Slots, Size: 1}}}},
			Objects: []Object{{"a", 0}, {"b", 0}},
			Body: []*Stmt{
				{Op: Go, Func: -1, Body: []*Stmt{on(Lock, locked, mu), on(Get, 0, slots), on(Put, 0, slots), on(Unlock, locked, mu)}},
				on(Get, 0, slots), on(Lock, locked, mu), on(Unlock, locked, mu), on(Put, 0, slots),
			},
		}
		ref, err := Explore(p)
		if err != nil || len(ref.Deadlocks) != 1 {
			t.Fatalf("%v\n%s", err, describe(p, ref))
		}
		o := &Outcome{Program: p, Source: Print(p, "p"), Reference: ref}
		if got, want := o.apart(ref.Deadlocks[0]), locked == 1; got != want {
			t.Errorf("in another object: got %v, want %v\n%s", got, want, describe(p, ref))
		}
	}
}
