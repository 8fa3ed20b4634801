package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/fencelint/fencelint/analyzer/load"
)

// long is what a test has for a program: it is to say that something goes on for ever, not
// how fast a machine is.
const long = 5 * time.Minute

// TestOdd analyses what is odd but compiles, and has what does not rejected with a
// sentence.
func TestOdd(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	archive, err := txtar.ParseFile("testdata/odd.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	wants := make(map[string]string)
	for _, f := range archive.Files {
		if folder, file := filepath.Split(f.Name); file == "want" {
			wants[filepath.Clean(folder)] = strings.TrimSpace(string(f.Data))
			continue
		}
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	t.Setenv("GOPROXY", "off")
	module := func(pattern string) *program {
		return &program{name: pattern, patience: long, load: func(ctx context.Context) (*load.Program, error) {
			p, err := load.Load(ctx, load.Options{Dir: dir}, pattern)
			if err != nil {
				return nil, rejected{err}
			}
			return p, nil
		}}
	}
	if o := module("./good/...").try(t.Context()); o.rejected != "" || len(o.wrong()) > 0 || o.findings == 0 {
		t.Error(o)
	}
	for folder, want := range wants {
		o := module("./" + folder).try(t.Context())
		if got := strings.ReplaceAll(o.rejected, folder+"/", ""); len(o.wrong()) > 0 || !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s, want %s", o, want)
		}
	}
}

// TestLarge analyses what no person writes.
func TestLarge(t *testing.T) {
	loose := newLoose(t.Context())
	for name, text := range large() {
		t.Run(name, func(t *testing.T) {
			o := loose.program(name, long, []source{{file: name + ".go", text: []byte(text)}}).try(t.Context())
			t.Log(o)
			if len(o.wrong()) > 0 || o.rejected != "" {
				t.Error(o)
			}
		})
	}
}

// large returns generated programs. They have names of their own to wait with, so that each
// statement is one that fencelint has to think about.
func large() map[string]string {
	const head = "package p\n\nvar c = make(chan int)\nvar s struct{ a, b chan int }\n\n"
	repeat := func(n int, text string) string { return strings.Repeat(text, n) }
	return map[string]string{
		"statements": head + "func f() {\n" + repeat(20_000, "\tc <- 1\n") + "}\n",
		"branches":   head + "func f(x int) {\n" + repeat(3_000, "\tif x > 0 { c <- 1 } else { <-c }\n") + "}\n",
		"loops":      head + "func f(x int) {\n" + repeat(1_000, "\tfor range x { select { case c <- 1: case <-s.a: } }\n") + "}\n",
		"nested":     head + "func f(x int) {\n" + repeat(400, "for x > 0 { c <- 1\n") + repeat(400, "}\n") + "}\n",
		"closures":   head + "func f() {\n" + repeat(200, "func() { defer func() { c <- 1 }()\n") + repeat(200, "}()\n") + "}\n",
		"goroutines": head + "func f() {\n" + repeat(2_000, "\tgo func() { c <- 1 }()\n") + "}\n",
		"defers":     head + "func f(x int) {\n" + repeat(500, "\tif x > 0 { defer func() { <-c }() }\n") + "}\n",
		"lengths": head + "var size func() int\n\nfunc f() {\n\tgo func() { c <- 1 }()\n" + numbered(60, "\ta%d := make([]int, size())\n") +
			"\t<-c\n" + numbered(60, "\tprintln(len(a%d))\n") + "}\n",
		"counts": "package p\n\nimport \"sync\"\n\ntype q struct { mu sync.Mutex; c *sync.Cond; n int }\n\n" +
			"func (q *q) get() { q.mu.Lock(); for q.n < 5 { q.c.Wait() }; q.mu.Unlock() }\n\n" +
			"func (q *q) put() {\n\tq.mu.Lock()\n" + repeat(3_000, "\tq.n = q.n + 1\n") + "\tq.c.Broadcast()\n\tq.mu.Unlock()\n}\n",
		"parens":     head + "var x = " + repeat(5_000, "(") + "1" + repeat(5_000, ")") + "\n",
		"sum":        head + "func f(x int) int { return x" + repeat(5_000, "+x") + " }\n",
		"values":     head + "var x = [...]int{" + repeat(50_000, "1, ") + "}\n",
		"switch":     head + "func f(x int) {\n\tswitch x {\n" + numbered(5_000, "\tcase %d: c <- 1\n") + "\t}\n}\n",
		"functions":  head + numbered(5_000, "func f%d() { c <- 1; g() }\n") + "func g() { f1(); <-c }\n",
		"chain":      head + numbered(2_000, "func f%d() { c <- 1; f%[2]d() }\n") + "func f2001() {}\n",
		"ring":       head + numbered(1_000, "func f%d() { c <- 1; f%[2]d() }\n") + "func f1001() { f1() }\n",
		"selectors":  head + "type t struct{ n *t; c chan int }\n\nfunc f(x *t) { <-x" + repeat(2_000, ".n") + ".c }\n",
		"parameters": head + "func f(" + numbered(1_000, "a%d, ") + "z chan int) { <-a1; a2 <- 1 }\n",
		"interfaces": head + "type i interface{ m() }\n" + numbered(1_000, "type t%[1]d struct{}\n\nfunc (t%[1]d) m() { c <- 1 }\n\nvar _ i = t%[1]d{}\n") + "func f(x i) { x.m() }\n",
	}
}

// numbered repeats a format with the numbers from 1 up to n, and those after them.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		if strings.Contains(format, "%[2]d") {
			fmt.Fprintf(&b, format, i+1, i+2)
		} else {
			fmt.Fprintf(&b, format, i+1)
		}
	}
	return b.String()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
