// Package analyzer is fencelint's engine: a static lockdep for Go in which fences and
// memory reclaim are locks too.
//
// There is one engine with two suppliers. [Analyzer] works on one package at a time,
// under go vet and the like: what other packages do comes from their facts and from
// models. [Whole] works on a whole program. Both summarise each function on SSA,
// callees before callers, and judge the graph of what waits for what.
//
// Packages of the standard library are walked only where they are named and the
// program is whole: elsewhere the embedded model speaks for them, and what it does not
// mention is harmless.
package analyzer

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/fact"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/modelfile"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Failure is the category of diagnostics about what could not be analysed.
const Failure = "failure"

// Analyzer is the engine in the modular mode. It reports what it could not analyse;
// what is wrong the passes report, from its [Result].
var Analyzer = &analysis.Analyzer{
	Name:       "fencelintengine",
	Doc:        "summarise what functions wait for, allocate, lock and signal",
	Run:        run,
	Requires:   []*analysis.Analyzer{config.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{new(fact.Fact)},
}

// run never returns an error and does not panic: importers would go on without facts
// and take the package for harmless.
func run(pass *analysis.Pass) (_ any, _ error) {
	path := pass.Pkg.Path()
	opts := pass.ResultOf[config.Analyzer].(*config.Options)
	if Silent(path, pass.Module != nil && pass.Module.Path != "") && (!opts.Standard || prints(path)) {
		return empty(), nil
	}
	m := &modular{pass: pass, opts: opts}
	var result *Result
	var own fact.Unit
	if why := fault.Guard(func() {
		m.gather()
		result, own = m.analyse()
	}); why != "" {
		result, own = empty(), fact.Unit{Path: path, Unknown: why}
		result.Failures = []string{path + " could not be analysed: " + why}
	}
	for _, failure := range result.Failures {
		if len(pass.Files) > 0 {
			pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Package, Category: Failure, Message: failure})
		}
	}
	pass.ExportPackageFact(&fact.Fact{Packages: fact.Union(m.facts, fact.Pack(own, fact.Budget))})
	return result, nil
}

// modular analyses one package.
type modular struct {
	pass    *analysis.Pass
	opts    *config.Options
	facts   []*fact.Fact
	units   []fact.Unit // of everything imported, by path
	damaged []error     // why some of them cannot be read
}

// gather reads the facts of the imports.
func (m *modular) gather() {
	for _, imported := range m.pass.Pkg.Imports() {
		f := new(fact.Fact)
		if m.pass.ImportPackageFact(imported, f) {
			m.facts = append(m.facts, f)
		}
	}
	m.units, m.damaged = fact.Unpack(fact.Union(m.facts))
}

func (m *modular) analyse() (result *Result, own fact.Unit) {
	path := m.pass.Pkg.Path()
	files := m.files()
	declared, ignores, problems := directive.Scan(m.pass.Fset, files, m.pass.Pkg, m.pass.TypesInfo)
	own = fact.Unit{Path: path, Model: declared, Ignores: ignores}
	models := []*model.Package{declared}
	for _, u := range m.units {
		models = append(models, u.Model)
	}
	reachable := imports(m.pass.Pkg)
	byPath := func(path string) *types.Package { return reachable[path] }
	modelFiles, found, _ := directive.Bits(m.opts.Models, byPath)
	if len(found) > 0 {
		// Importers may not see the package that has the constants.
		own.Model = &model.Package{Path: declared.Path, Contracts: declared.Contracts, Types: slices.Concat(declared.Types, found)}
	}
	models = append(models, modelFiles...)
	result = empty()
	if len(files) > 0 {
		set, err := withStandard(models)
		result, own.Summaries = m.summarise(set, files)
		result.fail(err)
		problems = append(problems, directive.Check(set, declared, byPath)...)
	}
	result.fail(m.opts.Err)
	for _, err := range m.damaged {
		result.fail(err)
	}
	result.Ignores, result.Problems = ignores, problems
	generated(result.Generated, m.pass.Fset, files)
	for _, u := range m.units {
		result.Foreign = append(result.Foreign, u.Ignores...)
	}
	return result, own
}

// files returns the files of the package that are analysed. go vet hands over a package
// together with its tests: what runs in tests alone, and what it does to the rest, is
// nobody's deadlock.
func (m *modular) files() []*ast.File {
	if m.opts.Tests {
		return m.pass.Files
	}
	return slices.DeleteFunc(slices.Clone(m.pass.Files), func(f *ast.File) bool {
		return strings.HasSuffix(m.pass.Fset.File(f.FileStart).Name(), "_test.go")
	})
}

// initOf returns info with the initialisers of variables that stand in files alone: SSA
// knows no other variables.
func initOf(info *types.Info, files []*ast.File) *types.Info {
	part := *info
	part.InitOrder = slices.DeleteFunc(slices.Clone(info.InitOrder), func(i *types.Initializer) bool {
		return !slices.ContainsFunc(files, func(f *ast.File) bool {
			return f.FileStart <= i.Rhs.Pos() && i.Rhs.Pos() < f.FileEnd
		})
	})
	return &part
}

// summarise walks the functions of the package that stand in files.
func (m *modular) summarise(set *model.Set, files []*ast.File) (*Result, []*summary.Summary) {
	pass := m.pass
	prog := ssa.NewProgram(pass.Fset, ssa.InstantiateGenerics)
	prog.SetNoReturn(noReturn)
	for _, imported := range pass.Pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, files, initOf(pass.TypesInfo, files), false)
	pkg.Build()
	funcs := callee.Functions(pkg, pass.TypesInfo)

	known := make(map[string]*summary.Summary)
	analysed := map[string]*fact.Unit{pass.Pkg.Path(): {}}
	for i := range m.units {
		u := &m.units[i]
		analysed[u.Path] = u
		for _, s := range u.Summaries {
			known[s.Func] = s
		}
	}
	own := []source{{pass.Pkg, pass.TypesInfo, funcs}}
	e := &engine{
		known:     flow.NewKeys(),
		fset:      pass.Fset,
		source:    flow.NewSource(pass.Fset),
		model:     set,
		callees:   callee.Package(prog, funcs, flow.Asked(funcs, set)),
		inherited: inherit(set, prog, own),
		imported:  func(key string) *summary.Summary { return imported(key, known, analysed) },
	}
	e.expect(funcs)
	e.summarise(funcs)

	keys := e.keys()
	for key := range known {
		if e.own[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	report := func(path string) bool { return path == pass.Pkg.Path() }
	result := newResult(&judge.Program{
		Model:   set,
		Summary: e.summary,
		Funcs:   keys,
		Report:  report,
		Hidden:  hidden(prog, own),
		Sole:    func() (runs, owner map[string]string) { return e.sole(funcs, false) },
	})
	result.explore(e, e.runs(prog, funcs, report))
	result.Failures = e.failures
	return result, telling(e.own, e.keys())
}

// imported returns what is known of a function of another package: its summary; nil
// where the package was analysed and has nothing to say of it; and that it is unknown
// where the package was not.
func imported(key string, known map[string]*summary.Summary, analysed map[string]*fact.Unit) *summary.Summary {
	if s := known[key]; s != nil {
		return s
	}
	path := packageOf(key)
	if standard(path) {
		return nil
	}
	u := analysed[path]
	if u == nil {
		return &summary.Summary{Func: key, Display: key, Package: path, Unknown: "package not analysed"}
	}
	if u.Unknown != "" {
		return &summary.Summary{Func: key, Display: key, Package: path, Unknown: u.Unknown}
	}
	return nil
}

// withStandard returns the union of models with the embedded one, which any of them
// may correct.
func withStandard(models []*model.Package) (*model.Set, error) {
	std, err := modelfile.Std()
	return model.NewSet(slices.Concat([]*model.Package{std}, models)...), err
}

// empty is the result where nothing is said of anything.
func empty() *Result {
	return newResult(&judge.Program{
		Model:   model.NewSet(),
		Summary: func(string) *summary.Summary { return nil },
		Report:  func(string) bool { return false },
	})
}
