package corpus_test

import (
	"flag"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/passes/internal/corpus"
)

var update = flag.Bool("update", false, "write the table of docs/modular.md")

// The causes for which one package at a time may see less.
const (
	compiler   = "the compiler is asked about the heap for whole programs alone"
	unused     = "that an ignore matches nothing shows in the whole program alone"
	downstream = "an interface or a function value is resolved where the program is whole"
	importer   = "the other half is in a package that imports the one it stands in"
	callers    = "whose a fence is that an exported function was given, callers out of sight may decide"
	handedOut  = "others may end the wait, or wake: what it is for is exported or handed out"
)

func causes() []string { return []string{downstream, importer, callers, handedOut, compiler, unused} }

// tally counts the findings of one set of programs.
type tally struct {
	name           string
	whole, modular int
	missing        map[string]int // by cause
}

// add compares what both modes find in the packages of a program. What the modular mode
// finds must be a finding of the whole program, and what it does not find has a cause.
func (c *tally) add(t *testing.T, pkgs []*packages.Package, whole, modular []finding.Finding) {
	t.Helper()
	prints := func(found []finding.Finding) map[string]finding.Finding {
		all := make(map[string]finding.Finding)
		for _, f := range found {
			all[f.Fingerprint] = f
		}
		return all
	}
	ofWhole, ofModular := prints(whole), prints(modular)
	c.whole += len(ofWhole)
	for print, f := range ofModular {
		if _, ok := ofWhole[print]; !ok {
			t.Errorf("%s:%d: %s (%s) is no finding of the whole program", f.Pos.File, f.Pos.Line, f.Rule, print)
		} else {
			c.modular++
		}
	}
	for print, f := range ofWhole {
		if _, ok := ofModular[print]; ok {
			continue
		}
		why := cause(pkgs, &f)
		if why == "" {
			t.Errorf("%s:%d: %s is missing in modular mode, and nothing says why: %s", f.Pos.File, f.Pos.Line, f.Rule, f.Message)
		}
		c.missing[why]++
	}
}

// parties are the rules that need all who could end a wait, or begin one, to be in sight.
var parties = []string{
	"no-partner", "wait-cycle", "wait-under-lock", "pool-cycle", "queue-cycle", "wake-missing", "wait-spins", "missing-unlock",
}

// cause says why a finding may be missing in modular mode, "" if nothing does.
func cause(pkgs []*packages.Package, f *finding.Finding) string {
	switch f.Rule {
	case "heap-in-noheap":
		return compiler
	case "unused-ignore":
		return unused
	}
	dirs := map[string]bool{filepath.Dir(f.Pos.File): true}
	dynamic := false
	for _, lane := range f.Lanes {
		for _, step := range lane.Steps {
			dynamic = dynamic || strings.Contains(step.Via, "interface") || strings.Contains(step.Via, "func value")
			if step.Pos.File != "" {
				dirs[filepath.Dir(step.Pos.File)] = true
			}
		}
	}
	switch {
	case dynamic:
		return downstream
	case !slices.ContainsFunc(pkgs, func(p *packages.Package) bool { return p.PkgPath == f.Package && sees(p, dirs) }):
		return importer
	case slices.Contains(parties, f.Rule):
		return handedOut
	case f.Annotated && f.Root == f.Func && ast.IsExported(f.Func[strings.LastIndexByte(f.Func, '.')+1:]):
		return callers
	}
	return ""
}

// sees reports whether a package is in one of the directories, or imports what is, for all
// of them.
func sees(p *packages.Package, dirs map[string]bool) bool {
	left := maps.Clone(dirs)
	packages.Visit([]*packages.Package{p}, nil, func(p *packages.Package) {
		for _, file := range p.GoFiles {
			delete(left, filepath.Dir(file))
		}
	})
	return len(left) == 0
}

// table is the golden part of docs/modular.md.
func table(all []*tally) string {
	var b strings.Builder
	b.WriteString("| findings |")
	for _, c := range all {
		fmt.Fprintf(&b, " %s |", c.name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(all)) + "\n")
	line := func(name string, count func(*tally) int) {
		fmt.Fprintf(&b, "| %s |", name)
		for _, c := range all {
			fmt.Fprintf(&b, " %d |", count(c))
		}
		b.WriteByte('\n')
	}
	line("of the whole program", func(c *tally) int { return c.whole })
	line("of one package at a time, all of them among those", func(c *tally) int { return c.modular })
	for _, why := range causes() {
		line("missing: "+why, func(c *tally) int { return c.missing[why] })
	}
	return b.String()
}

// holdTable compares the table with the one in docs/modular.md.
func holdTable(t *testing.T, all []*tally) {
	t.Helper()
	const page = "../../../docs/modular.md"
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- table -->\n", "<!-- end -->"
	head, rest, ok := strings.Cut(string(text), begin)
	old, tail, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the table", page)
	}
	got := table(all)
	if *update {
		if err := os.WriteFile(page, []byte(head+begin+got+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	// How many there are in all grows with every case; what is missing is to be looked at.
	if unseen(got) != unseen(old) {
		t.Errorf("the table of %s is another now (-update writes it):\n%s", page, got)
	}
}

// unseen returns the lines of a table about what is missing.
func unseen(table string) string {
	_, lines, _ := strings.Cut(table, "| missing")
	return lines
}

// kernels compares the modes on the GoKer kernels that come with the Go distribution, a
// package each; nil where they do not.
func kernels(t *testing.T) *tally {
	t.Helper()
	from := filepath.Join(runtime.GOROOT(), "src", "runtime", "testdata", "testgoroutineleakprofile", "goker")
	files, err := filepath.Glob(filepath.Join(from, "*.go"))
	if err != nil || len(files) < 2 {
		return nil
	}
	dir := t.TempDir()
	write := func(name string, text []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) []byte {
		t.Helper()
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	write(filepath.Join(dir, "go.mod"), []byte("module kernels\n\ngo 1.26\n"))
	shared := read(filepath.Join(from, "main.go"))
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".go"); name != "main" {
			write(filepath.Join(dir, name, "main.go"), shared)
			write(filepath.Join(dir, name, name+".go"), read(file))
		}
	}
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	program, err := load.Load(t.Context(), load.Options{Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := corpus.RunWhole(program.Named, today)
	if err != nil {
		t.Fatal(err)
	}
	modular, err := corpus.RunModular(program.Named, today)
	if err != nil {
		t.Fatal(err)
	}
	var own []finding.Finding
	for _, m := range modular {
		own = append(own, m.Findings...)
	}
	c := &tally{name: "GoKer", missing: make(map[string]int)}
	c.add(t, program.Named, whole, own)
	return c
}
