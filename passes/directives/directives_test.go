package directives

import (
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

func TestProblemsBecomeFindings(t *testing.T) {
	r := analyzer.Whole(nil, analyzer.Options{})
	r.Problems = []directive.Problem{
		{Pos: model.Pos{File: "/x/a.go", Line: 3, Col: 1}, Package: "p", Message: "unknown directive"},
		{Pos: model.Pos{File: "/x/a.go", Line: 9, Col: 1}, Package: "p", Message: "unknown directive"},
		{Pos: model.Pos{File: "/x/b.go", Line: 3, Col: 1}, Package: "p", Message: "unknown directive"},
	}
	found := Findings(r)
	if len(found) != len(r.Problems) {
		t.Fatalf("got %d findings, want %d", len(found), len(r.Problems))
	}
	for i, f := range found {
		if f.Rule != "bad-directive" || f.Verdict != finding.Breach || f.Level != finding.Error || f.Pos != r.Problems[i].Pos || f.Package != "p" || f.Help == "" {
			t.Errorf("incomplete: %+v", f)
		}
	}
	// Neither lines nor files matter, but how many there are does.
	prints := func(problems ...directive.Problem) []string {
		r.Problems = problems
		var all []string
		for _, f := range Findings(r) {
			all = append(all, f.Fingerprint)
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	at := func(file string, line int) directive.Problem {
		return directive.Problem{Pos: model.Pos{File: file, Line: line, Col: 1}, Package: "p", Message: "unknown directive"}
	}
	before := prints(at("/x/a.go", 3), at("/x/a.go", 9), at("/x/b.go", 3))
	if len(before) != 3 {
		t.Errorf("%d fingerprints for 3 findings", len(before))
	}
	if after := prints(at("/x/b.go", 2), at("/x/b.go", 3), at("/x/c.go", 1)); !slices.Equal(before, after) {
		t.Errorf("moving them changes the fingerprints: %v, %v", before, after)
	}
}

func TestMore(t *testing.T) {
	class := func(kind summary.ClassKind, name string) summary.Class {
		return summary.Class{Kind: kind, Name: "example.org/p." + name}
	}
	tests := []struct {
		op   summary.OpKind
		on   summary.Class
		want string
	}{
		{summary.OpAlloc, summary.Class{}, "call() may enter reclaim, which the directives of F do not say"},
		{summary.OpSleep, summary.Class{}, "call() sleeps, which the directives of F do not say"},
		{summary.OpFlush, class(summary.WorkQueue, "W"), "call() waits for the work on W, which the directives of F do not say"},
		{summary.OpAcquire, class(summary.Pool, "P"), "call() waits for a slot of P, which the directives of F do not say"},
		{summary.OpWait, class(summary.Fence, "Fence"), "call() waits for Fence, which the directives of F do not say"},
		{summary.OpWait, class(summary.Outside, ""), "call() waits for something outside the program, which the directives of F do not say"},
	}
	for _, tt := range tests {
		o := &judge.Occurrence{Finding: finding.Finding{Root: "F"}, Op: tt.op, On: tt.on, What: "call()"}
		if got := more(o); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
	o := &judge.Occurrence{Finding: finding.Finding{Root: "T.Wait"}, Op: summary.OpSleep, What: "call()", Promise: "(example.org/p.I).Wait"}
	if got, want := more(o), "call() sleeps, which the directives of (p.I).Wait, which T.Wait inherits, do not say"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
