// Package suppress holds findings against ignore directives: which findings they
// suppress, and which directives have become useless.
package suppress

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

// Matches says for each ignore directive which of its rules suppressed something.
type Matches [][]string

// Mark marks the findings that an ignore directive covers at the given time, with the
// reason of the first one that does. The directive may stand where the operation is, in
// a package that is not reported on.
func Mark(findings []finding.Finding, ignores []directive.Ignore, now time.Time) Matches {
	matches := make(Matches, len(ignores))
	for i := range findings {
		f := &findings[i]
		for n := range ignores {
			if !covers(&ignores[n], f) || expired(&ignores[n], now) {
				continue
			}
			if f.Suppressed == "" {
				f.Suppressed = ignores[n].Reason
			}
			if !slices.Contains(matches[n], f.Rule) {
				matches[n] = append(matches[n], f.Rule)
			}
		}
	}
	return matches
}

func covers(ignore *directive.Ignore, f *finding.Finding) bool {
	return slices.Contains(ignore.Rules, f.Rule) && (on(ignore, f.Pos) || on(ignore, f.Origin))
}

func on(ignore *directive.Ignore, p model.Pos) bool {
	return ignore.File == p.File && ignore.FirstLine <= p.Line && p.Line <= ignore.LastLine
}

// expired reports whether the last day on which an ignore directive counts is over.
func expired(ignore *directive.Ignore, now time.Time) bool {
	return !ignore.Until.IsZero() && !now.Before(ignore.Until.AddDate(0, 0, 1))
}

// Unused returns a finding for every ignore directive that has expired or that matched
// nothing, as far as the rules that ran can tell. Without matches (nil), which only a
// run over the whole program has, it speaks of the expired ones alone.
func Unused(ignores []directive.Ignore, matches Matches, ran []string, now time.Time) []finding.Finding {
	var unused []finding.Finding
	for n := range ignores {
		ignore := &ignores[n]
		rules := slices.Clone(ignore.Rules)
		rules = slices.DeleteFunc(rules, func(rule string) bool { return !slices.Contains(ran, rule) })
		switch {
		case len(rules) == 0:
		case expired(ignore, now):
			unused = append(unused, report(ignore, nth(ignores, n),
				fmt.Sprintf("the ignore of %s has expired: it counted until %s", strings.Join(rules, ", "), ignore.Until.Format(time.DateOnly)),
				"correct the code, or decide again and set a new date"))
		case matches != nil:
			rules = slices.DeleteFunc(rules, func(rule string) bool { return slices.Contains(matches[n], rule) })
			if len(rules) > 0 {
				unused = append(unused, report(ignore, nth(ignores, n),
					fmt.Sprintf("nothing to ignore: there is no %s %s", strings.Join(rules, " or "), where(ignore)),
					"delete what is unused: it would hide the next finding, which nobody has judged"))
			}
		}
	}
	return unused
}

// nth counts the ignore directives up to the n-th that read like it.
func nth(ignores []directive.Ignore, n int) int {
	count := 0
	for i := range ignores[:n+1] {
		a, b := &ignores[i], &ignores[n]
		if a.Package == b.Package && a.Target == b.Target && a.Reason == b.Reason && slices.Equal(a.Rules, b.Rules) {
			count++
		}
	}
	return count
}

func where(ignore *directive.Ignore) string {
	if ignore.Target != "" {
		return "in this function"
	}
	if ignore.FirstLine == ignore.Pos.Line {
		return "on this line"
	}
	return "in the statement below"
}

func report(ignore *directive.Ignore, n int, message, help string) finding.Finding {
	f := finding.Finding{
		Rule:      "unused-ignore",
		Verdict:   finding.Breach,
		Level:     finding.Warning,
		Message:   message,
		Pos:       ignore.Pos,
		Func:      ignore.Target,
		Package:   ignore.Package,
		Help:      help,
		Annotated: true,
	}
	// All of its rules, since which of them ran depends on the mode. Where it stands does
	// not matter: of several that read alike in a package it is the n-th.
	f.Seal(ignore.Package, ignore.Target, strings.Join(ignore.Rules, ","), ignore.Reason, strconv.Itoa(n))
	return f
}

// Apply marks the findings that are suppressed and adds those about useless ignore
// directives. The rules are those that ran; complete says of which packages they saw
// everything: elsewhere there may be something to ignore after all.
func Apply(findings []finding.Finding, ignores []directive.Ignore, ran []string, now time.Time, complete func(pkg string) bool) []finding.Finding {
	matches := Mark(findings, ignores, now)
	for n := range ignores {
		if len(matches[n]) < len(ignores[n].Rules) && !complete(ignores[n].Package) {
			matches[n] = ignores[n].Rules
		}
	}
	return append(findings, Unused(ignores, matches, ran, now)...)
}
