package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/report"
)

func write(t *testing.T, format string, opts report.Options, c report.Coverage, findings ...finding.Finding) string {
	t.Helper()
	var b strings.Builder
	h, err := report.New(format, &b, opts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range findings {
		if err := h.Finding(&findings[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Done(&c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func breach(file string, level finding.Level) finding.Finding {
	return finding.Finding{
		Rule: "sleep-in-atomic", Verdict: finding.Breach, Level: level, Message: "50% of, f: sleep",
		Pos: model.Pos{File: file, Line: 3, Col: 7},
	}
}

func TestFiles(t *testing.T) {
	for file, want := range map[string]string{
		"/m/a/b.go":   "a/b.go:",
		"/m2/b.go":    "/m2/b.go:",
		"/m/..b.go":   "..b.go:",
		"/b.go":       "/b.go:",
		"rel/file.go": "rel/file.go:",
	} {
		got := write(t, "text", report.Options{Root: "/m"}, report.Coverage{Modular: true}, breach(file, finding.Error))
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s is written as %q, want %q", file, got, want)
		}
	}
}

func TestLastLines(t *testing.T) {
	suppressed := breach("/m/a.go", finding.Error)
	suppressed.Suppressed = "we know"
	stats := analyzer.Stats{Packages: 1, Functions: 2, Unresolved: []analyzer.Unresolved{{Kind: "func value", Calls: 3}, {Kind: "interface", Calls: 1}}}
	tests := map[string]struct {
		coverage report.Coverage
		findings []finding.Finding
		want     string
	}{
		"clean":      {report.Coverage{Modular: true}, nil, "clean: 0 findings\n"},
		"suppressed": {report.Coverage{Modular: true}, []finding.Finding{suppressed}, "clean: 0 findings, 1 suppressed\n"},
		"one":        {report.Coverage{Modular: true}, []finding.Finding{breach("/m/a.go", finding.Warning)}, "1 finding\n"},
		"notes":      {report.Coverage{Modular: true}, []finding.Finding{breach("/m/a.go", finding.Note)}, "clean: 0 findings, 1 note\n"},
		"whole": {report.Coverage{Stats: stats}, nil,
			"0 functions reached from 0 roots; 2 functions in 1 package\nunresolved calls: 3 func value, 1 interface\nclean: 0 findings\n"},
		"not clean": {report.Coverage{Modular: true, Failures: []string{"p: why"}}, nil, "not analysed: p: why\n0 findings\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := write(t, "text", report.Options{Root: "/m"}, test.coverage, test.findings...)
			if !strings.HasSuffix("\n"+got, "\n"+test.want) {
				t.Errorf("got:\n%swant at the end:\n%s", got, test.want)
			}
		})
	}
}

func TestGitHubEscapes(t *testing.T) {
	got := write(t, "github", report.Options{Root: "/m"}, report.Coverage{}, breach("/m/a,b:c.go", finding.Note))
	const want = "::notice file=a%2Cb%3Ac.go,line=3,col=7,title=sleep-in-atomic::sleep-in-atomic: 50%25 of, f: sleep [breach, note]\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

// What cannot be written must not pass for written.
func TestWriteFails(t *testing.T) {
	for _, format := range report.Formats() {
		t.Run(format, func(t *testing.T) {
			h, err := report.New(format, full{}, report.Options{})
			if err != nil {
				t.Fatal(err)
			}
			f := breach("a.go", finding.Error)
			if err := errors.Join(h.Finding(&f), h.Done(&report.Coverage{})); !errors.Is(err, errFull) {
				t.Errorf("got error %v", err)
			}
		})
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := report.New("xml", full{}, report.Options{}); err == nil {
		t.Error("no error")
	}
}
