package corpus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/internal/roster"
)

// RunWhole returns what fencelint finds in a whole program.
func RunWhole(named []*packages.Package, today time.Time) ([]finding.Finding, error) {
	result := analyzer.Whole(named, analyzer.Options{Heap: onHeap})
	if len(result.Failures) > 0 {
		return nil, errors.New(strings.Join(result.Failures, "; "))
	}
	return roster.Findings(result, roster.Rules(), today), nil
}

// onHeap asks the compiler about packages of this module.
func onHeap(paths []string) (*escape.Results, error) {
	return escape.Ask(context.Background(), "", "", paths)
}

// Single is what fencelint finds in one package alone.
type Single struct {
	Findings    []finding.Finding
	Diagnostics []string // what the passes report: file:line: rule, sorted
}

// Shown reports whether a finding is one that is shown unless asked otherwise.
func Shown(f *finding.Finding) bool {
	return f.Suppressed == "" && (&finding.Filter{}).Wants(f)
}

// Shown returns the findings as the passes should report them, sorted.
func (m Single) Shown() []string {
	var shown []string
	for _, f := range m.Findings {
		if Shown(&f) {
			shown = append(shown, fmt.Sprintf("%s:%d: %s", f.Pos.File, f.Pos.Line, f.Rule))
		}
	}
	slices.Sort(shown)
	return shown
}

// RunModular returns what fencelint finds in each of the packages, knowing of the
// others by facts; by import path.
func RunModular(pkgs []*packages.Package, today time.Time) (map[string]Single, error) {
	graph, err := checker.Analyze(roster.Analyzers(), pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		return nil, fmt.Errorf("cannot analyse the corpora: %w", err)
	}
	all := make(map[string]Single)
	for _, action := range graph.Roots {
		path := action.Package.PkgPath
		if action.Err != nil {
			return nil, fmt.Errorf("cannot analyse %s: %w", path, action.Err)
		}
		m := all[path]
		for _, d := range action.Diagnostics {
			at := action.Package.Fset.Position(d.Pos)
			m.Diagnostics = append(m.Diagnostics, fmt.Sprintf("%s:%d: %s", at.Filename, at.Line, d.Category))
		}
		slices.Sort(m.Diagnostics)
		if result, ok := action.Result.(*analyzer.Result); ok {
			if len(result.Failures) > 0 {
				return nil, errors.New(strings.Join(result.Failures, "; "))
			}
			m.Findings = roster.Findings(result, roster.Rules(), today)
		}
		all[path] = m
	}
	return all, nil
}
