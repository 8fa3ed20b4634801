// Fencelint finds deadlocks between fences, locks and memory reclaim.
//
//	fencelint [flags] [packages]      analyse a whole program; the default is ./...
//	fencelint vet [flags] [packages]  analyse one package at a time, under go vet
//	fencelint graph [packages]        print what waits for what
//	fencelint audit [packages]        list what each root can do
//	fencelint why FROM TO [packages]  show how a function or class leads to another
//	fencelint why-not FUNC [packages] say why nothing is said of a function
//	fencelint models check [packages] check model files against the code
//	fencelint doctor [packages]       say what a run rests on, and what is amiss with it
//	fencelint init [packages]         write files to start with
//	fencelint explain RULE            say why a rule exists
//	fencelint version                 say what this is and what it was built with
//
// It is a vet tool as well: go vet -vettool=$(command -v fencelint) ./...
//
// Exit status: 0 for clean, 1 for findings, 2 when the code could not be analysed, and as
// shells count it where a signal has ended the run: 130 for an interrupt.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/internal/passon"
	"github.com/fencelint/fencelint/internal/roster"
)

// The exit statuses.
const (
	clean    = 0
	findings = 1
	failed   = 2
)

func main() {
	if vetTool(os.Args[1:]) {
		if handedOn(os.Args[1:]) {
			return
		}
		unitchecker.Main(roster.Analyzers()...)
	}
	os.Exit(interruptible(os.Stderr, func(ctx context.Context) int {
		return run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	}))
}

// vetTool reports whether the arguments are those of the go command's protocol for
// vet tools.
func vetTool(args []string) bool {
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg")
}

// handedOn reports whether the arguments are for a package of the standard library of
// which types are wanted and nothing else, and has handed them on. There are hundreds of
// those below any program.
func handedOn(args []string) bool {
	unit, err := passon.Read(args[len(args)-1])
	if err != nil || !analyzer.Silent(unit.ImportPath, unit.InModule()) {
		return false
	}
	analysed := "-" + config.Analyzer.Name + "." + config.StandardFlag
	return !slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, analysed) }) && unit.Types() == nil
}

// command is a subcommand: what it does, and its exit status where it does not fail.
type command struct {
	name string
	run  func(ctx context.Context, args []string, stdout, stderr io.Writer) (status int, err error)
}

func commands() []command {
	return []command{
		{"vet", vet},
		{"graph", printGraph},
		{"audit", audited},
		{"why", whyWay},
		{"why-not", whyNot},
		{"models", models},
		{"doctor", doctor},
		{"init", initialise},
		{"explain", explain},
		{"version", version},
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	do := check
	if len(args) > 0 && (args[0] == "-version" || args[0] == "--version") {
		args = slices.Concat([]string{"version"}, args[1:])
	}
	for _, c := range commands() {
		if len(args) > 0 && args[0] == c.name {
			do, args = c.run, args[1:]
			break
		}
	}
	var status int
	var err error
	if why := fault.Guard(func() { status, err = do(ctx, args, stdout, stderr) }); why != "" {
		err = errors.New(why)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return clean
	case ctx.Err() != nil:
		return failed // and whoever ended it says so
	case err != nil:
		fmt.Fprintf(stderr, "fencelint: %v\n", err)
		return failed
	}
	return status
}
