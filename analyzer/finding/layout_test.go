package finding_test

import (
	"path"
	"regexp"
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

// In a narrow terminal nothing but the headline is wider than it.
func TestTextFolds(t *testing.T) {
	f := sample()
	f.Lanes[0].Steps[2].Text = "kmem.Alloc(size, kmem.Kernel|kmem.Zero, node)"
	f.Closing = "the left waits for reclaim; reclaim waits for F; only the left can signal F"
	f.Help = "reserve the memory before F is published, or work in place"
	const want = `
alloc-in-signalling: grow allocates [cycle]
  owes F
  run, runs signalling  drv/drv.go:10
  -> grow()             drv/drv.go:11  interface
  -> kmem.Alloc(size,   drv/drv.go:20
     kmem.Kernel|kmem.
     Zero, node)
  waits for F
  scan: <-c                    drv/drv.go:30
  -> by contract, it may wait
  the left waits for reclaim; reclaim waits for F;
  only the left can signal F
  and 2 more paths through the same operation
  help: reserve the memory before F is published, or
        work in place`
	layout := finding.Layout{Width: 52, Wrap: true, File: func(name string) string { return strings.TrimPrefix(name, "/m/") }}
	got := layout.Text(f)
	for line := range strings.SplitSeq(got, "\n") {
		if len(line) > 52 {
			t.Errorf("a line is %d wide: %s", len(line), line)
		}
	}
	if got != strings.TrimPrefix(want, "\n") {
		t.Errorf("got:\n%s\nwant:%s", got, want)
	}
}

// What a terminal would obey is spelt out: escapes, and marks that turn the direction
// of writing. Wide characters count as two.
func TestTextOfHostileCode(t *testing.T) {
	f := sample()
	f.Message = "log(\"\x1b[2J\u202e\")"
	f.Lanes[0].Steps[1].Text = "日本(\"\a\")"
	f.Lanes[0].Steps[2].Text = "a\nb"
	const want = `
alloc-in-signalling: log("\x1b[2J\u202e") [cycle]
  owes F
  run, runs signalling  drv/drv.go:10
  -> 日本("\a")         drv/drv.go:11  interface
  -> a\nb               drv/drv.go:20`
	got := (finding.Layout{Width: 70, File: func(name string) string { return strings.TrimPrefix(name, "/m/") }}).Text(f)
	if !strings.HasPrefix(got, strings.TrimPrefix(want, "\n")) {
		t.Errorf("got:\n%s\nwant:%s", got, want)
	}
}

func TestTextPainted(t *testing.T) {
	layout := finding.Layout{Width: 90, File: path.Base, Paint: func(p finding.Part, text string) string {
		return "\x1b[3" + string(rune('1'+int(p))) + "m" + text + "\x1b[m"
	}}
	got := layout.Text(sample())
	for _, want := range []string{"\x1b[31malloc-in-signalling\x1b[m: grow", "\x1b[32m[cycle]\x1b[m", "\x1b[33mowes F\x1b[m ", "\x1b[34mdrv.go:10\x1b[m", "\x1b[35minterface\x1b[m", "\x1b[36mhelp: \x1b[mdo not"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%q", want, got)
		}
	}
	plain := finding.Layout{Width: 90, File: path.Base}
	if got := regexp.MustCompile(`\x1b\[(3\d)?m`).ReplaceAllString(got, ""); got != plain.Text(sample()) {
		t.Errorf("without colours it is\n%s\nwant\n%s", got, plain.Text(sample()))
	}
}
