package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares what was written with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the output differs from %s; go test ./report -update puts that right\n%s", file, got)
	}
}

// sampleRoot is the module that the sample findings are in.
func sampleRoot(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("testdata", "module"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// sample returns findings with everything that a format has to cope with: two lanes, a
// hop without a position, a suppression, code that looks like markup, files with names
// that need escaping, and files outside the module.
func sample(root string) []finding.Finding {
	at := func(line, col int) model.Pos {
		return model.Pos{File: filepath.Join(root, "drv/drv.go"), Line: line, Col: col}
	}
	const fence, pkg = "example.org/m/drv.JobFence", "example.org/m/drv"
	owes := finding.Lane{Title: "owes JobFence", Steps: []finding.Step{
		{Pos: at(9, 2), Func: "(*Queue).run", Text: "range q.done"},
		{Pos: at(10, 3), Func: "(*Queue).run", Text: "handlers[i](job)", Via: "func value"},
		{Pos: at(16, 29), Func: "describe", Text: `kmem.Alloc("<script>alert('gotcha')</script>", Kernel)`, Via: "contract"},
	}}
	return []finding.Finding{
		{
			Rule: "alloc-in-signalling", Verdict: finding.Cycle, Level: finding.Error, Fingerprint: "6ea1f7a68f0a970a",
			Message: "kmem.Alloc(\"<script>alert('gotcha')</script>\", Kernel) may enter reclaim while (*Queue).run owes JobFence: JobFence -> reclaim -> JobFence",
			Pos:     at(16, 29), Func: "describe", Package: pkg, Root: "(*Queue).run",
			Edges: []finding.Edge{{From: fence, To: "reclaim", Provenance: finding.Seen}, {From: "reclaim", To: fence, Provenance: finding.Seen}},
			Lanes: []finding.Lane{owes, {Title: "waits for JobFence", Steps: []finding.Step{
				{Pos: at(21, 19), Func: "(*buffers).Scan", Text: "(*buffers).Scan, runs reclaim by (kern.Shrinker).Scan"},
				{Pos: at(22, 2), Func: "(*buffers).Scan", Text: "b.busy.Wait()", Via: "contract"},
			}}},
			Closing: "the left waits for reclaim; reclaim waits for JobFence; only the left can signal JobFence",
			Help:    "reserve the memory before JobFence is published; with NoWait, handle the failure",
			More:    6, Annotated: true,
		},
		{
			Rule: "alloc-in-signalling", Verdict: finding.Contract, Level: finding.Error, Fingerprint: "0123456789abcdef",
			Message: "grow() may enter reclaim while (*Queue).run owes JobFence: JobFence -> reclaim -> JobFence",
			Pos:     at(11, 7), Func: "(*Queue).run", Package: pkg, Root: "(*Queue).run",
			Edges: []finding.Edge{{From: fence, To: "reclaim", Provenance: finding.Seen}, {From: "reclaim", To: fence, Provenance: finding.ByContract}},
			Lanes: []finding.Lane{owes, {Title: "waits for JobFence", Steps: []finding.Step{
				{Text: "by contract, reclaim may wait for any fence, JobFence included", Via: "contract"},
			}}},
			Closing:    "the left waits for reclaim; by contract reclaim may wait for JobFence",
			Suppressed: "the pool never runs dry: <b>see</b> \"sizing\"", Annotated: true,
		},
		{
			Rule: "sleep-in-atomic", Verdict: finding.Breach, Level: finding.Warning, Fingerprint: "fedcba9876543210",
			Message: "f sleeps with lock held", Pos: model.Pos{File: filepath.Join(root, "irq/a b#ü.go"), Line: 4, Col: 14},
			Func: "f", Package: "example.org/m/irq", Root: "f", Annotated: true,
			Lanes: []finding.Lane{{Title: "in atomic", Steps: []finding.Step{
				{Pos: model.Pos{File: filepath.Join(root, "irq/a b#ü.go"), Line: 3, Col: 1}, Func: "f", Text: "lock.Lock()"},
				{Pos: model.Pos{File: "/go/mod/example.org/x/x.go", Line: 7, Col: 9}, Func: "Nap", Text: "time.Sleep(d)", Via: "static"},
			}}},
			More: 1,
		},
		{
			Rule: "bad-directive", Verdict: finding.Breach, Level: finding.Warning, Fingerprint: "00000000000000ff",
			Message: "no directive is called \"wait\"; did you mean waits?", Pos: at(14, 1), Package: pkg, Annotated: true,
			Help: "correct the word",
		},
		{
			Rule: "alloc-in-signalling", Verdict: finding.Breach, Level: finding.Note, Fingerprint: "00000000000000fe",
			Message: "an allocation that may fail", Pos: at(12, 3), Package: pkg, Annotated: true,
		},
		{
			Rule: "double-lock", Verdict: finding.Cycle, Level: finding.Error, Fingerprint: "00000000000000fd",
			Message: "q.mu.Lock() takes Queue.mu, which (*Queue).run holds: the same lock, not another of its class",
			Pos:     at(11, 8), Func: "(*Queue).run", Package: pkg, Root: "(*Queue).run",
			Edges: []finding.Edge{{From: pkg + ".Queue.mu", To: pkg + ".Queue.mu", Provenance: finding.Seen}},
			Lanes: []finding.Lane{{Title: "holds Queue.mu", Steps: []finding.Step{
				{Pos: at(9, 2), Func: "(*Queue).run", Text: "q.mu.Lock()"},
				{Pos: at(11, 8), Func: "(*Queue).run", Text: "q.mu.Lock()", Via: "contract"},
			}}},
			Closing: "the left waits for Queue.mu",
		},
		{
			Rule: "lock-order", Verdict: finding.Contract, Level: finding.Error, Fingerprint: "00000000000000fc",
			Message: "three locks in a circle", Pos: at(10, 3), Func: "a", Package: pkg, Root: "a",
			Edges: []finding.Edge{
				{From: pkg + ".a", To: pkg + ".b", Provenance: finding.Seen}, {From: pkg + ".b", To: pkg + ".c", Provenance: finding.Seen},
				{From: pkg + ".c", To: pkg + ".a", Provenance: finding.ByContract},
			},
			Lanes: []finding.Lane{
				{Title: "holds a", Steps: []finding.Step{{Pos: at(10, 3), Func: "one", Text: "b.Lock()"}}},
				{Title: "holds b", Steps: []finding.Step{{Pos: at(11, 3), Func: "two", Text: "c.Lock()"}}},
				{Title: "holds c", Steps: []finding.Step{{Pos: at(12, 3), Func: "three", Text: "a.Lock()"}}},
			},
			Closing: "each waits for the next",
		},
	}
}

func sampleCoverage() report.Coverage {
	return report.Coverage{Failures: []string{"example.org/m/asm: no body for f"}}
}
