package analyzer

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/modelfile"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/timing"
)

// Options are what a user can set for the whole-program mode.
type Options struct {
	Models []*model.Package // of model files, later ones first
	// Heap asks the compiler what of some packages is on the Go heap. It is asked only
	// where something is marked noheap.
	Heap func(paths []string) (*escape.Results, error)
	// Complete reports whether all that import a package are among those given, and no
	// other build has more of them; nil if that is so of all.
	Complete func(pkg string) bool
	// Released, if there is one, has the packages' syntax and type information let go of as soon
	// as nothing here needs it any more, and is called then: who asks for it has no use for
	// them afterwards, nor for [Result.Timing]. The SSA form goes as well, before anything is
	// judged. That is most of what is live, and what is live is what garbage collection costs.
	Released func()
}

// Whole analyses a whole program: named, in which findings may stand, and everything
// it depends on. The packages must have been loaded with their syntax and
// dependencies, and without errors.
func Whole(named []*packages.Package, opts Options) (result *Result) {
	if why := fault.Guard(func() { result = whole(named, opts) }); why != "" {
		result = empty()
		result.Failures = []string{"the program could not be analysed: " + why}
	}
	return result
}

func whole(named []*packages.Package, opts Options) *Result {
	loaded := walked(named)
	reported := make(map[string]bool)
	for _, p := range named {
		reported[p.PkgPath] = true
	}
	d := scan(loaded, reported)
	byPath := paths(loaded)
	files, _, problems := directive.Bits(opts.Models, byPath)
	d.problems = append(d.problems, problems...)
	set, err := withStandard(append(d.models, files...))
	heap, failure := opts.onHeap(set, loaded)
	written := make(map[string]bool)
	for _, p := range named {
		generated(written, p.Fset, p.Syntax)
	}
	for _, declared := range slices.Concat(d.declared, files) {
		d.problems = append(d.problems, directive.Check(set, declared, byPath)...)
	}
	result := summariseWhole(named, loaded, set, heap, reported, opts.Released)
	result.fail(err)
	result.fail(failure)
	result.Complete = func(pkg string) bool { return opts.Complete == nil || opts.Complete(pkg) }
	result.Ignores, result.Foreign, result.Problems = d.ignores, d.foreign, d.problems
	result.Generated = written
	return result
}

// CheckModels returns what is wrong with model files as far as a program can tell:
// entries that name nothing in it, and those that do not fit what they name. The shipped
// models are checked as far as they speak of packages of the program.
func CheckModels(named []*packages.Package, files []*model.Package) []directive.Problem {
	loaded := walked(named)
	byPath := paths(loaded)
	var problems []directive.Problem
	shipped, err := modelfile.Std()
	if err != nil {
		problems = append(problems, directive.Problem{Package: shipped.Path, Message: err.Error()})
	}
	files = append([]*model.Package{directive.Present(shipped, byPath)}, files...)
	for _, file := range files {
		problems = append(problems, directive.Absent(file, byPath)...)
	}
	files, _, wrong := directive.Bits(files, byPath)
	problems = append(problems, wrong...)
	set := model.NewSet(append(scan(loaded, nil).models, files...)...)
	for _, file := range files {
		problems = append(problems, directive.Check(set, file, byPath)...)
	}
	return problems
}

// directives is what the packages of a program say.
type directives struct {
	models   []*model.Package // of all packages
	declared []*model.Package // of those in which findings may stand, like the rest
	ignores  []directive.Ignore
	foreign  []directive.Ignore // of the other packages
	problems []directive.Problem
}

func scan(loaded []*packages.Package, reported map[string]bool) directives {
	var d directives
	for _, p := range loaded {
		declared, ignores, problems := directive.Scan(p.Fset, p.Syntax, p.Types, p.TypesInfo)
		d.models = append(d.models, declared)
		if reported[p.PkgPath] {
			d.declared = append(d.declared, declared)
			d.ignores = append(d.ignores, ignores...)
			d.problems = append(d.problems, problems...)
		} else {
			d.foreign = append(d.foreign, ignores...)
		}
	}
	return d
}

// paths finds every package of a program, those of the standard library included, by
// its path.
func paths(loaded []*packages.Package) func(string) *types.Package {
	found := make(map[string]*types.Package)
	for _, p := range loaded {
		for path, pkg := range imports(p.Types) {
			if found[path] == nil {
				found[path] = pkg
			}
		}
	}
	return func(path string) *types.Package { return found[path] }
}

// walked returns the packages that are analysed: named ones first, then what they
// depend on, by path, without those of the standard library. Of a package and its test
// variant only one is kept, the named one where there is one.
func walked(named []*packages.Package) []*packages.Package {
	kept := make(map[string]bool)
	var loaded, dependencies []*packages.Package
	for _, p := range named {
		kept[p.PkgPath] = true
		loaded = append(loaded, p)
	}
	packages.Visit(named, nil, func(p *packages.Package) {
		if p.Types != nil && (p.Module != nil || !standard(p.PkgPath)) {
			dependencies = append(dependencies, p)
		}
	})
	slices.SortFunc(dependencies, func(a, b *packages.Package) int { return strings.Compare(a.ID, b.ID) })
	for _, p := range dependencies {
		if !kept[p.PkgPath] {
			kept[p.PkgPath] = true
			loaded = append(loaded, p)
		}
	}
	return loaded
}

// summariseWhole walks the functions of all packages.
func summariseWhole(named, loaded []*packages.Package, set *model.Set, heap *escape.Results, reported map[string]bool, released func()) *Result {
	prog, _ := ssautil.AllPackages(named, ssa.InstantiateGenerics)
	prog.SetNoReturn(noReturn)
	failures := build(prog)

	var funcs []*ssa.Function
	var sources []source
	for _, p := range loaded {
		pkg := prog.Package(p.Types)
		if pkg == nil {
			failures = append(failures, fmt.Sprintf("%s could not be analysed: it has type errors", p.PkgPath))
			continue
		}
		src := source{p.Types, p.TypesInfo, callee.Functions(pkg, p.TypesInfo)}
		sources = append(sources, src)
		funcs = append(funcs, src.funcs...)
	}
	inherited := inherit(set, prog, sources)
	unseen := hidden(prog, sources)
	var beyond []*ssa.Function
	if released != nil {
		walked := make(map[*types.Package]bool)
		for _, src := range sources {
			walked[src.pkg] = true
		}
		sources = nil
		beyond = release(prog, named, walked)
		released()
	}
	e := &engine{
		known:     flow.NewKeys(),
		fset:      prog.Fset,
		source:    flow.NewSource(prog.Fset),
		model:     set,
		inherited: inherited,
		imported:  func(string) *summary.Summary { return nil },
		heap:      heap,
	}
	e.expect(funcs)
	report := func(path string) bool { return reported[path] }
	all := callee.All(prog, funcs) // while nobody has methods built: it finds the types that are made interfaces there
	run := e.runs(prog, funcs, report)
	run.start()
	e.callees = callee.Whole(prog, all, flow.Asked(funcs, set))
	run.resting(func() {
		dropBodies(beyond, report)
		e.summarise(funcs) // to judge what comes of that leaves a processor to run the rest
	})
	if released != nil {
		literal := func(fn *ssa.Function) bool { return fn.Parent() != nil } // goes with what it stands in
		emptyBodies(slices.DeleteFunc(slices.Clone(funcs), literal)...)
		e.source = flow.Reread(prog.Fset)
	}

	result := newResult(&judge.Program{
		Model:   set,
		Summary: e.summary,
		Funcs:   e.keys(),
		Report:  report,
		Whole:   true,
		Hidden:  unseen,
		Sole:    sync.OnceValues(func() (runs, owner map[string]string) { return e.sole(funcs, true) }),
	})
	result.explore(e, run)
	if released != nil {
		result.last(e)
	} else {
		result.timing = sync.OnceValue(func() *timing.Table { return timing.Read(prog.Fset, funcs, flow.Key) })
	}
	result.Stats = count(e, result.graph(), len(loaded))
	result.Failures = slices.Concat(failures, e.failures)
	slices.Sort(result.Failures)
	return result
}
