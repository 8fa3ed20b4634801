// Whole does what every analysis of a whole program has to do before its own work: it
// loads the packages with everything they depend on, builds their SSA, and resolves the
// dynamic calls by VTA. It looks at nothing.
package main

import (
	"context"
	"flag"
	"fmt"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/bench/internal/command"
)

func main() {
	rounds := flag.Int("vta", 1, "rounds of VTA, each of which starts from the graph of the one before")
	flag.Parse()
	command.Main("whole", func(ctx context.Context) error { return run(ctx, *rounds, flag.Args()) })
}

func run(ctx context.Context, rounds int, patterns []string) error {
	program, err := load.Load(ctx, load.Options{}, patterns...)
	if err != nil {
		return err
	}
	prog, _ := ssautil.AllPackages(program.Named, ssa.InstantiateGenerics)
	prog.Build()
	funcs := ssautil.AllFunctions(prog)
	var graph *callgraph.Graph
	for range rounds {
		graph = vta.CallGraph(funcs, graph)
	}
	fmt.Printf("%d packages, %d functions", len(program.Named), len(funcs))
	if graph != nil {
		fmt.Printf(", %d of them called", len(graph.Nodes))
	}
	fmt.Println()
	return nil
}
