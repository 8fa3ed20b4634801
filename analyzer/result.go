package analyzer

import (
	"go/ast"
	"go/token"
	"sync"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/timing"
)

// Result is what the engine knows of a package and what it imports, or of a whole
// program. Every pass is a view of it.
type Result struct {
	Program  *judge.Program
	Model    *model.Set
	Ignores  []directive.Ignore  // of the packages that findings may stand in
	Foreign  []directive.Ignore  // of those that they lead into
	Problems []directive.Problem // of the same packages
	Stats    Stats               // of a whole program; zero for a package
	// Complete reports whether all that can happen in a package is in sight: all its
	// callers, in all builds.
	Complete func(pkg string) bool
	Failures []string // what could not be analysed, a sentence each, sorted
	// Generated are the names of the files, of the packages that findings may stand in,
	// that a program wrote.
	Generated map[string]bool

	graph  func() *graph.Graph
	judged func() []judge.Occurrence
	timing func() *timing.Table
	late   late
	// partly are the keys of functions of which not all states were looked at.
	partly []string
}

func newResult(p *judge.Program) *Result {
	r := &Result{
		Program:  p,
		Complete: func(string) bool { return false },
		Model:    p.Model,

		Generated: make(map[string]bool),
		graph:     sync.OnceValue(p.Graph),
		timing:    func() *timing.Table { return &timing.Table{} },
	}
	r.judged = sync.OnceValue(r.judge)
	return r
}

// judge looks for all that is wrong. A fault of ours must not take the run down, nor its
// findings pass for all there are.
func (r *Result) judge() (found []judge.Occurrence) {
	if why := fault.Guard(func() { found = judge.Judge(r.Program, r.graph()) }); why != "" {
		r.later("what is wrong could not be looked for: " + why)
		return nil
	}
	return found
}

// Occurrences returns everything that is wrong, sorted. It is computed once, for all
// passes.
func (r *Result) Occurrences() []judge.Occurrence { return r.judged() }

// Partly returns the keys of the functions that were run to see who waits for ever, and
// have more states than are looked at.
func (r *Result) Partly() []string {
	r.judged()
	return r.partly
}

// Graph returns the graph that everything is judged by.
func (r *Result) Graph() *graph.Graph { return r.graph() }

// Timing returns what a whole program starts to come later. It is empty for a package.
func (r *Result) Timing() *timing.Table { return r.timing() }

// Summaries returns what is known of each function in sight, by key.
func (r *Result) Summaries() []*summary.Summary {
	var all []*summary.Summary
	for _, s := range r.Program.Summaries() {
		all = append(all, s)
	}
	return all
}

// generated adds to found those of a package's files that a program wrote.
func generated(found map[string]bool, fset *token.FileSet, files []*ast.File) {
	for _, f := range files {
		if ast.IsGenerated(f) {
			found[fset.Position(f.Package).Filename] = true
		}
	}
}

// fail notes what could not be analysed, if anything.
func (r *Result) fail(err error) {
	if err != nil {
		r.Failures = append(r.Failures, err.Error())
	}
}

// Edges returns the graph as data, the edges of all that is wrong included.
func (r *Result) Edges() []graph.Export {
	r.judged()
	return r.graph().Export()
}
