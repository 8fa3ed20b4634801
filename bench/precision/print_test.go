package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/usage"
)

func TestModules(t *testing.T) {
	list, err := modules()
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, m := range list {
		if names[m.name] || len(m.packages) == 0 {
			t.Errorf("%q is there twice or has no package", m.name)
		}
		names[m.name] = true
	}
}

func TestReadings(t *testing.T) {
	if _, err := readings(); err != nil {
		t.Error(err)
	}
}

func TestPrint(t *testing.T) {
	found := []fencelint.Found{
		{Rule: "lock-order", Fingerprint: "f1", Message: "a|b", Pos: fencelint.Pos{File: "/root/go/pkg/mod/example.org/m@v1.0.0/a.go", Line: 3}},
		{Rule: "double-lock", Fingerprint: "f2", Message: "c", Pos: fencelint.Pos{File: "/usr/local/go/src/net/http/h.go", Line: 4}},
		{Rule: "lock-order", Fingerprint: "f3", Message: "d", Pos: fencelint.Pos{File: "e.go", Line: 5}},
	}
	good := outcome{module: module{name: "m"}, packages: 2, lines: 30_000, report: &fencelint.Report{
		Findings:   found,
		Unresolved: map[string]int{"interface": 2, "func value": 3},
		Stats:      fencelint.Stats{Functions: 7, Calls: 50, Unsignalled: 4},
		Usage:      usage.Usage{Wall: 1234 * time.Millisecond, Memory: 5 << 20},
	}}
	bad := outcome{module: module{name: "n"}, packages: 1, lines: 10, err: errors.New("no\nway")}

	var b strings.Builder
	good.printRow(&b)
	bad.printRow(&b)
	printTotal(&b, []outcome{good, bad})
	printFindings(&b, []outcome{good, bad}, map[named]reading{
		{"m", "f1"}: {isTrue, intended, [2]string{"it does", "it says so"}},
		{"m", "f2"}: {isTrue, isFalse, [2]string{"it does", "it does|not"}},
	})
	const want = "| m | 2 | 30000 | 7 | 3 | double-lock 1, lock-order 2 | 5 of 50, 10.0 % | 4 | 1.2s | 5 MB |\n" +
		"| n | 1 | 10 | | not analysed: no | | | | | |\n" +
		"\n3 errors in 30000 lines: 2.00 in 20,000 lines\n" +
		"\n## m\n\n| finding | rule | at | it says | label | why |\n|---|---|---|---|---|---|\n" +
		"| f1 | lock-order | example.org/m@v1.0.0/a.go:3 | a\\|b | true, intended | it does / it says so |\n" +
		"| f2 | double-lock | net/http/h.go:4 | c | true, false | it does / it does\\|not |\n" +
		"| f3 | lock-order | e.go:5 | d | not read, not read |  /  |\n" +
		"\nn: no\nway\n" +
		"\ntrue 0, intended 1, false or disagreed on 1, can't tell 0, not read 1: 1 of 3, 33.3 % true or intended\n"
	if got := b.String(); got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}
