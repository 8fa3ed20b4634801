package finding_test

import (
	"path"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

func at(line int) model.Pos { return model.Pos{File: "/m/drv/drv.go", Line: line, Col: 1} }

func sample() *finding.Finding {
	return &finding.Finding{
		Rule: "alloc-in-signalling", Verdict: finding.Cycle, Level: finding.Error, Message: "grow allocates",
		Lanes: []finding.Lane{
			{Title: "owes F", Steps: []finding.Step{
				{Pos: at(10), Func: "run", Text: "run, runs signalling"},
				{Pos: at(11), Func: "run", Text: "grow()", Via: "interface"},
				{Pos: at(20), Func: "grow", Text: "alloc()", Via: "contract"},
			}},
			{Title: "waits for F", Steps: []finding.Step{
				{Pos: at(30), Func: "scan", Text: "<-c"},
				{Text: "by contract, it may wait", Via: "contract"},
			}},
		},
		Closing: "both wait",
		Help:    "do not",
		More:    2,
	}
}

func TestText(t *testing.T) {
	tests := map[string]struct {
		width int
		want  string
	}{
		"side by side": {90, `
alloc-in-signalling: grow allocates [cycle]
  owes F                                       waits for F
  run, runs signalling  drv.go:10              scan: <-c                    drv.go:30
  -> grow()             drv.go:11  interface   -> by contract, it may wait
  -> alloc()            drv.go:20
  both wait
  and 2 more paths through the same operation
  help: do not`},
		"one under the other": {70, `
alloc-in-signalling: grow allocates [cycle]
  owes F
  run, runs signalling  drv/drv.go:10
  -> grow()             drv/drv.go:11  interface
  -> alloc()            drv/drv.go:20
  waits for F
  scan: <-c                    drv/drv.go:30
  -> by contract, it may wait
  both wait
  and 2 more paths through the same operation
  help: do not`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			layout := finding.Layout{Width: test.width, File: func(name string) string { return strings.TrimPrefix(name, "/m/") }}
			if got := layout.Text(sample()); got != strings.TrimPrefix(test.want, "\n") {
				t.Errorf("got:\n%s\nwant:%s", got, test.want)
			}
		})
	}
}

func TestTextOfBreach(t *testing.T) {
	f := &finding.Finding{
		Rule: "sleep-in-atomic", Verdict: finding.Breach, Level: finding.Warning, Message: "sleeps",
		Lanes: []finding.Lane{{Title: "in atomic", Steps: []finding.Step{{Pos: at(3), Func: "f", Text: "sleep()"}}}},
	}
	const want = "sleep-in-atomic: sleeps [breach, warning]\n  in atomic\n  f: sleep()  drv.go:3"
	if got := (finding.Layout{Width: 80, File: path.Base}).Text(f); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
