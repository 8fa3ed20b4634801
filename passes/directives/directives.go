package directives

import (
	"strconv"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/suppress"
	"github.com/fencelint/fencelint/passes/internal/emit"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Analyzer is the pass.
var Analyzer = &analysis.Analyzer{
	Name:     "directives",
	Doc:      "find directives that are wrong, and ignore directives that are useless",
	Requires: emit.Requires,
	Run:      emit.Run(modular),
}

// Rules are the rules that the pass looks for.
func Rules() []string { return []string{"bad-directive", "unused-ignore"} }

// Findings returns what is wrong with directives. What an ignore directive is useful
// for is known only when all passes have run: see [suppress.Apply].
func Findings(r *analyzer.Result) []finding.Finding {
	var found []finding.Finding
	count := make(map[directive.Problem]int)
	for _, p := range r.Problems {
		same := directive.Problem{Package: p.Package, Message: p.Message}
		count[same]++
		found = append(found, bad(p, count[same]))
	}
	return append(found, phrase.Findings(r, map[string]phrase.Words{
		"bad-directive": {Message: more, Help: phrase.Always(
			"complete the directives, or say trusted with the reason why they are all there is")},
	})...)
}

// modular adds what can be said without the findings of the other passes: which ignore
// directives have expired.
func modular(r *analyzer.Result) []finding.Finding {
	return append(Findings(r), suppress.Unused(r.Ignores, nil, finding.Rules(), time.Now())...)
}

// bad words a problem. Of several in a package that read alike it is the n-th: where it
// stands does not matter to its fingerprint.
func bad(p directive.Problem, n int) finding.Finding {
	f := finding.Finding{
		Rule:      "bad-directive",
		Verdict:   finding.Breach,
		Level:     finding.Error,
		Message:   p.Message,
		Pos:       p.Pos,
		Package:   p.Package,
		Help:      "correct or remove it: what a directive does not say, nothing guards",
		Annotated: true,
	}
	f.Seal(p.Package, p.Message, strconv.Itoa(n))
	return f
}
