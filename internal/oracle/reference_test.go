package oracle

import (
	"fmt"
	"strings"
	"testing"
)

// TestExplore has the reference go through programs of which the answer is known. Variables
// are by number: a and b are nodes with a lock, an RW lock, a channel, a group, a Cond with
// its lock and flag, a fence, a pool of one slot and an ordered queue.
func TestExplore(t *testing.T) {
	const (
		mu = iota
		rw
		ch
		wg
		condMu
		flag
		cond
		fence
		slots
		work
	)
	on := func(op Op, base, field int) *Stmt { return &Stmt{Op: op, On: Ref{base, field}} }
	start := func(body ...*Stmt) *Stmt { return &Stmt{Op: Go, Func: -1, Body: body} }
	add := func(n int) *Stmt { return &Stmt{Op: Add, On: Ref{0, wg}, N: n} }
	tests := []struct {
		name      string
		body      []*Stmt
		shrinkers bool // reclaim waits for the fence
		deadlocks int
		breaches  int
		crashes   bool
	}{
		{name: "two orders", body: []*Stmt{
			start(on(Lock, 0, mu), on(Lock, 1, mu), on(Unlock, 1, mu), on(Unlock, 0, mu)),
			on(Lock, 1, mu), on(Lock, 0, mu), on(Unlock, 0, mu), on(Unlock, 1, mu),
		}, deadlocks: 1},
		{name: "one order", body: []*Stmt{
			start(on(Lock, 0, mu), on(Lock, 1, mu), on(Unlock, 1, mu), on(Unlock, 0, mu)),
			on(Lock, 0, mu), on(Lock, 1, mu), on(Unlock, 1, mu), on(Unlock, 0, mu),
		}},
		{name: "a writer between two readers", body: []*Stmt{
			start(on(Lock, 0, rw), on(Unlock, 0, rw)),
			on(RLock, 0, rw), on(RLock, 0, rw), on(RUnlock, 0, rw), on(RUnlock, 0, rw),
		}, deadlocks: 1},
		{name: "readers alone", body: []*Stmt{
			start(on(RLock, 0, rw), on(RUnlock, 0, rw)),
			on(RLock, 0, rw), on(RLock, 0, rw), on(RUnlock, 0, rw), on(RUnlock, 0, rw),
		}},
		{name: "sender and receiver", body: []*Stmt{start(on(Send, 0, ch)), on(Receive, 0, ch)}},
		{name: "nobody receives", body: []*Stmt{start(on(Send, 0, ch))}, deadlocks: 1},
		{name: "one of two receives a value", body: []*Stmt{
			start(on(Receive, 0, ch)), start(on(Receive, 0, ch)), on(Send, 0, ch),
		}, deadlocks: 2},
		{name: "a default is taken before the other is there", body: []*Stmt{
			start(on(Send, 0, ch)),
			{Op: Select, N: 1, Body: []*Stmt{on(Receive, 0, ch)}},
		}, deadlocks: 1},
		{name: "closed for all", body: []*Stmt{start(on(Receive, 0, ch)), start(&Stmt{Op: Range, On: Ref{0, ch}}), on(Close, 0, ch)}},
		{name: "sent to what is closed", body: []*Stmt{on(Close, 0, ch), on(Send, 0, ch)}, crashes: true},
		{name: "counted", body: []*Stmt{add(2), start(on(Done, 0, wg)), start(on(Done, 0, wg)), on(Wait, 0, wg)}},
		{name: "one too many", body: []*Stmt{add(2), start(on(Done, 0, wg)), on(Wait, 0, wg)}, deadlocks: 1},
		{name: "left early", body: []*Stmt{
			add(1), start(&Stmt{Op: If, Body: []*Stmt{{Op: Return}}}, on(Done, 0, wg)), on(Wait, 0, wg),
		}, deadlocks: 1},
		{name: "left early, and deferred", body: []*Stmt{
			add(1), start(&Stmt{Op: Defer, Body: []*Stmt{on(Done, 0, wg)}}, &Stmt{Op: If, Body: []*Stmt{{Op: Return}}}), on(Wait, 0, wg),
		}},
		{name: "woken", body: []*Stmt{
			start(on(Lock, 0, condMu), on(SetFlag, 0, cond), on(Signal, 0, cond), on(Unlock, 0, condMu)),
			on(Lock, 0, condMu), on(WaitFlag, 0, cond), on(Unlock, 0, condMu),
		}},
		{name: "woken before it waits", body: []*Stmt{
			start(on(Lock, 0, condMu), on(Signal, 0, cond), on(Unlock, 0, condMu)),
			on(Lock, 0, condMu), {Op: WaitFlag, On: Ref{0, cond}, N: 1}, on(Unlock, 0, condMu),
		}, deadlocks: 1},
		{name: "signalled", body: []*Stmt{start(on(FenceSignal, 0, fence)), on(FenceWait, 0, fence)}},
		{name: "an allocation before the signal", body: []*Stmt{
			start(&Stmt{Op: Alloc}, on(FenceSignal, 0, fence)), on(FenceWait, 0, fence),
		}, shrinkers: true, deadlocks: 1, breaches: 2},
		{name: "one that does not enter reclaim", body: []*Stmt{
			start(&Stmt{Op: Alloc, N: 4}, on(FenceSignal, 0, fence)), on(FenceWait, 0, fence),
		}, shrinkers: true},
		{name: "published and forgotten", body: []*Stmt{on(Publish, 0, fence)}, breaches: 1},
		{name: "two of one slot", body: []*Stmt{on(Get, 0, slots), on(Get, 0, slots)}, deadlocks: 1},
		{name: "work that waits for later work", body: []*Stmt{
			{Op: Push, On: Ref{0, work}, Body: []*Stmt{on(Receive, 0, ch)}},
			{Op: Push, On: Ref{0, work}, Body: []*Stmt{on(Send, 0, ch)}},
		}, deadlocks: 1},
		{name: "a flush", body: []*Stmt{
			{Op: Push, On: Ref{0, work}, Body: []*Stmt{on(Lock, 0, mu), on(Unlock, 0, mu)}},
			on(Flush, 0, work),
		}},
		{name: "a flush of oneself", body: []*Stmt{{Op: Push, On: Ref{0, work}, Body: []*Stmt{on(Flush, 0, work)}}}, deadlocks: 1},
		{name: "stuck beside a loop without end", body: []*Stmt{
			start(on(Receive, 1, ch)),
			start(&Stmt{Op: Forever, Body: []*Stmt{on(Receive, 0, ch)}}),
			{Op: Forever, Body: []*Stmt{on(Send, 0, ch)}},
		}, deadlocks: 1},
	}
	for _, test := range tests {
		p := &Program{
			Types: []Type{{Name: "node", Fields: []Field{
				{Name: "mu", Kind: Mutex}, {Name: "rw", Kind: RWMutex}, {Name: "ch", Kind: Chan}, {Name: "wg", Kind: Group},
				{Name: "condMu", Kind: Mutex}, {Name: "flag", Kind: Flag}, {Name: "cond", Kind: Cond, Lock: condMu},
				{Name: "fence", Kind: Fence}, {Name: "slots", Kind: Slots, Size: 1}, {Name: "work", Kind: Ordered},
			}}},
			Objects: []Object{{"a", 0}, {"b", 0}},
			Body:    test.body,
			Unknown: 1,
		}
		if test.shrinkers {
			p.Funcs = []*Func{{Name: "scan", Params: []int{0}, Body: []*Stmt{on(FenceWait, 0, fence)}}}
			p.Shrinkers = []Handler{{Func: 0, Args: []int{0}}}
		}
		t.Run(test.name, func(t *testing.T) {
			ref, err := Explore(p)
			if err != nil {
				t.Fatal(err)
			}
			if len(ref.Deadlocks) != test.deadlocks || len(ref.Breaches) != test.breaches || ref.Crashes != test.crashes {
				t.Errorf("%d deadlocks, %d breaches, crashes %v; want %d, %d, %v\n%s", len(ref.Deadlocks), len(ref.Breaches), ref.Crashes,
					test.deadlocks, test.breaches, test.crashes, describe(p, ref))
			}
		})
	}
}

func describe(p *Program, ref *Reference) string {
	src := Print(p, "p")
	var b strings.Builder
	b.WriteString(src.Text)
	for _, d := range ref.Deadlocks {
		for _, s := range d.Stmts {
			fmt.Fprint(&b, src.Lines[s], " ")
		}
		b.WriteString("\n")
	}
	return b.String()
}
