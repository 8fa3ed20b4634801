package analyzer

import (
	"go/types"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/explore"
	"github.com/fencelint/fencelint/analyzer/fault"
)

// running runs functions of packages that are reported on all ways round: those which start
// something, or make something to wait for. What is seen of one does not depend on the others,
// nor on summaries, so that it can go on beside whatever leaves a processor.
type running struct {
	engine *engine
	prog   *ssa.Program
	report func(path string) bool
	fns    []*ssa.Function

	start   func() // begins, once
	prepare func() // finds the following, once
	options explore.Options
	entries []*ssa.Function // what is run
	ran     []explored      // what became of each
	next    atomic.Int64
	beside  fault.Group
	bodies  sync.RWMutex                     // read locked while one looks into functions
	above   *callers                         // who calls what, nil until somebody asks
	idle    atomic.Pointer[explore.Explorer] // one that knows functions already, and that nobody uses
}

// explored is what became of running a function.
type explored struct {
	found   []explore.Stuck
	bounded bool
	failure string
}

// runs returns what is to be run of functions.
func (e *engine) runs(prog *ssa.Program, fns []*ssa.Function, report func(path string) bool) *running {
	r := &running{engine: e, prog: prog, fns: fns, report: report}
	r.start, r.prepare = sync.OnceFunc(r.begin), sync.OnceFunc(r.list)
	return r
}

// list finds what is to be run.
func (r *running) list() {
	r.bodies.RLock()
	defer r.bodies.RUnlock()
	e := r.engine
	marks, steady, lasting := explore.Marks(r.fns), explore.Steady(r.fns), explore.Lasting(r.fns)
	r.options = explore.Options{
		Standard: func(path string) bool { return standard(path) && !r.report(path) },
		Spoken:   e.spoken,
		Effects:  e.effects,
		Fence: func(t types.Type) bool {
			said := e.model.TypeOf(t)
			return said != nil && said.Fence
		},
		Annotated: func(t types.Type) bool { return e.model.TypeOf(t) != nil },
		Marks:     func(field *types.Var) bool { return marks[field] },
		Steady:    func(field *types.Var) bool { return steady[field] },
		Lasting:   func(field *types.Var) bool { return lasting[field] },
		Ordered:   e.ordered,
	}
	entry := explore.New(r.prog, r.options)
	defer r.idle.Store(entry)
	for _, fn := range slices.Concat(r.fns, instances(r.fns)) {
		if r.report(packageOf(e.known.Of(fn))) && entry.Entry(fn) {
			r.entries = append(r.entries, fn)
		}
	}
	r.ran = make([]explored, len(r.entries))
}

// begin begins to run them, on all processors but the one that the caller goes on with.
func (r *running) begin() {
	beside := runtime.GOMAXPROCS(0) - 1
	if beside == 0 {
		return
	}
	r.beside.Go(func() {
		r.prepare()
		for range min(beside, len(r.entries)) - 1 {
			r.beside.Go(r.work)
		}
		r.work()
	})
}

// explorer returns an explorer, the one that is idle if there is one.
func (r *running) explorer() *explore.Explorer {
	if idle := r.idle.Swap(nil); idle != nil {
		return idle
	}
	return explore.New(r.prog, r.options)
}

// work runs what nobody has run yet, one function after another.
func (r *running) work() {
	explorer := r.explorer()
	defer r.idle.Store(explorer)
	for i := r.next.Add(1) - 1; i < int64(len(r.entries)); i = r.next.Add(1) - 1 {
		r.one(explorer, int(i))
	}
}

// one runs one function.
func (r *running) one(explorer *explore.Explorer, i int) {
	r.bodies.RLock()
	defer r.bodies.RUnlock()
	r.ran[i] = r.engine.explore(explorer, r.entries[i])
}

// wait runs what is left, and returns what became of all.
func (r *running) wait() []explored {
	r.start()
	r.prepare()
	r.work()
	r.beside.Wait()
	return r.ran
}

// callers returns who calls what.
func (r *running) callers() *callers {
	if r.above == nil {
		r.above = newCallers(r.prog, r.fns, r.explorer())
	}
	return r.above
}

// resting does something while no function is run: what changes the bodies of functions, or
// keeps all processors busy.
func (r *running) resting(do func()) {
	r.bodies.Lock()
	defer r.bodies.Unlock()
	do()
}

// explore runs one function.
func (e *engine) explore(explorer *explore.Explorer, fn *ssa.Function) (ran explored) {
	failure := e.guarded(fn, func() { ran.found, ran.bounded = explorer.Explore(fn), explorer.Bounded() })
	if failure != "" {
		return explored{failure: failure}
	}
	return ran
}
