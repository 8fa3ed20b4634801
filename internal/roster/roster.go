// Package roster lists the passes: what the commands, plugins and tests run.
package roster

import (
	"cmp"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/suppress"
	"github.com/fencelint/fencelint/passes/allocctx"
	"github.com/fencelint/fencelint/passes/directives"
	"github.com/fencelint/fencelint/passes/fencelife"
	"github.com/fencelint/fencelint/passes/fencesignal"
	"github.com/fencelint/fencelint/passes/waitcycle"
	"github.com/fencelint/fencelint/passes/wakeup"
)

// Pass is one pass, in both of its forms.
type Pass struct {
	Analyzer *analysis.Analyzer
	Rules    []string
	Findings func(*analyzer.Result) []finding.Finding
}

// All returns the passes, in the order of docs/design.md.
func All() []Pass {
	return []Pass{
		{fencesignal.Analyzer, fencesignal.Rules(), fencesignal.Findings},
		{allocctx.Analyzer, allocctx.Rules(), allocctx.Findings},
		{waitcycle.Analyzer, waitcycle.Rules(), waitcycle.Findings},
		{fencelife.Analyzer, fencelife.Rules(), fencelife.Findings},
		{wakeup.Analyzer, wakeup.Rules(), wakeup.Findings},
		{directives.Analyzer, directives.Rules(), directives.Findings},
	}
}

// Analyzers returns the analyzers of all passes, the one that holds their flags, and
// the engine, which says what could not be analysed.
func Analyzers() []*analysis.Analyzer {
	list := []*analysis.Analyzer{config.Analyzer, analyzer.Analyzer}
	for _, p := range All() {
		list = append(list, p.Analyzer)
	}
	return list
}

// Rules returns the rules that the passes look for.
func Rules() []string {
	var rules []string
	for _, p := range All() {
		rules = append(rules, p.Rules...)
	}
	return rules
}

// Findings returns what the passes find of the given rules, all if there are none, in
// the order of positions. What an ignore directive covers at the given time is among
// them, marked; so is what is wrong with those directives.
func Findings(r *analyzer.Result, rules []string, now time.Time) []finding.Finding {
	if len(rules) == 0 {
		rules = Rules()
	}
	var found []finding.Finding
	for _, p := range All() {
		if slices.ContainsFunc(p.Rules, func(rule string) bool { return slices.Contains(rules, rule) }) {
			found = append(found, r.Ask(p.Analyzer.Name, p.Findings)...)
		}
	}
	suppress.Mark(found, r.Foreign, now)
	found = suppress.Apply(found, r.Ignores, rules, now, r.Complete)
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return !slices.Contains(rules, f.Rule) })
	Sort(found)
	return found
}

// Sort puts findings in the order in which they are printed.
func Sort(findings []finding.Finding) {
	slices.SortStableFunc(findings, func(a, b finding.Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
}
