package analyzer

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/fault"
)

// build makes the SSA form of all packages, as [ssa.Program.Build] does, without what fills
// their tables. That starts goroutines, in which a panic (at a construct of the language that
// is newer than the library) ends the process.
func build(prog *ssa.Program) (failures []string) {
	var mu sync.Mutex
	var all sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, pkg := range prog.AllPackages() {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			if why := fault.Guard(func() { pkg.Build(); emptyTables(pkg) }); why != "" {
				mu.Lock()
				defer mu.Unlock()
				failures = append(failures, fmt.Sprintf("%s could not be analysed: %s", pkg.Pkg.Path(), why))
			}
		})
	}
	all.Wait()
	slices.Sort(failures)
	return failures
}
