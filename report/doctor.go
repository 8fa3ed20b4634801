package report

import (
	"go/types"
	"io"
	"strings"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/suggest"
)

// Diagnosis is what a run rests on.
type Diagnosis struct {
	Versions   string // of this program
	Go         string // of the go command
	Skew       string // why the two do not go together, "" if they do
	Config     string // "" without a configuration file
	Keys       []string
	Baseline   string // "" without one
	Accepted   int
	ModelFiles []*model.Package
	Unused     []directive.Problem // in model files
	Model      *model.Set
	Reported   func(pkg string) bool
	Ignores    int
	Problems   []directive.Problem // in the code
	Stats      analyzer.Stats
	Suggest    []suggest.Suggestion
	Name       func(key string) *types.Signature
}

// Doctor writes a diagnosis.
func Doctor(w io.Writer, d *Diagnosis, opts Options) error {
	a := answer{opts: &opts}
	a.line("%s", d.Versions)
	a.line("go command: %s", d.Go)
	if d.Skew != "" {
		a.line("  %s", d.Skew)
	}
	a.configuration(d)
	a.directives(d)
	a.coverage(&d.Stats)
	a.suggestions(d)
	return a.write(w)
}

func (a *answer) configuration(d *Diagnosis) {
	switch {
	case d.Config == "":
		a.line("configuration: none")
	case len(d.Keys) == 0:
		a.line("configuration: %s, which sets nothing", d.Config)
	default:
		a.line("configuration: %s, which sets %s", d.Config, strings.Join(d.Keys, ", "))
	}
	if d.Baseline != "" {
		a.line("baseline: %s, %d accepted", d.Baseline, d.Accepted)
	}
	if len(d.ModelFiles) == 0 {
		a.line("model files: none")
		return
	}
	for _, m := range d.ModelFiles {
		a.line("model file: %s, %d entries", a.opts.file(m.Path), len(m.Contracts)+len(m.Types))
	}
	a.problems(d.Unused)
}

func (a *answer) directives(d *Diagnosis) {
	funcs, types := 0, 0
	for _, c := range d.Model.Contracts() {
		if !c.Model {
			funcs++
		}
	}
	for _, t := range d.Model.Types() {
		if !t.Model {
			types++
		}
	}
	a.line("directives: on %s and %s; %s", plural(funcs, "function"), plural(types, "type"), plural(d.Ignores, "ignore"))
	a.problems(d.Problems)
	if types == 0 {
		a.line("  no type is said to be a fence, lock or pool: only what the language and the standard library offer is looked at")
	}
}

func (a *answer) problems(problems []directive.Problem) {
	for _, p := range problems {
		a.line("  %s:%d:%d: %s", a.opts.file(p.Pos.File), p.Pos.Line, p.Pos.Col, p.Message)
	}
}

func (a *answer) coverage(stats *analyzer.Stats) {
	a.line("analysed: %s in %s", plural(stats.Functions, "function"), plural(stats.Packages, "package"))
	a.line("roots: %d, which reach %s", len(stats.Roots), plural(stats.Reached, "function"))
	for i := 0; i < len(stats.Roots); {
		n := i
		for n < len(stats.Roots) && stats.Roots[n].Kind == stats.Roots[i].Kind {
			n++
		}
		a.line("  %s: %d", stats.Roots[i].Kind, n-i)
		i = n
	}
	if len(stats.Unresolved) == 0 {
		a.line("unresolved calls: none")
		return
	}
	a.line("unresolved calls:")
	for _, u := range stats.Unresolved {
		a.line("  %s: %d", u.Kind, u.Calls)
		for _, p := range u.Sites[:min(most, len(u.Sites))] {
			a.line("    %s", a.at(p))
		}
		a.more(len(u.Sites))
	}
}

func (a *answer) suggestions(d *Diagnosis) {
	if len(d.Suggest) == 0 {
		return
	}
	a.line("directives that would say what is seen:")
	for _, s := range d.Suggest {
		a.line("  %s: %s", a.at(s.Func.Pos), s.Func.Display)
		for _, e := range s.Effects {
			a.line("    //fencelint:%s", spelt(e, d.Name(s.Func.Func)))
		}
	}
}

// spelt writes an effect as it stands above a function with that signature.
func spelt(e model.Effect, sig *types.Signature) string {
	text := e.String()
	if e.X.Base == model.None || sig == nil {
		return text
	}
	name := ""
	switch {
	case e.X.Base == model.Recv && sig.Recv() != nil:
		name = sig.Recv().Name()
	case e.X.Base == model.Param && e.X.Index < sig.Params().Len():
		name = sig.Params().At(e.X.Index).Name()
	}
	if name == "" || name == "_" {
		return text
	}
	place := e.X
	place.Path = ""
	return strings.Replace(text, place.String(), name, 1)
}
