package main

import (
	"testing"
	"time"
)

// brief is what a fuzzer has for a program, which is a small one.
const brief = 20 * time.Second

// FuzzSource analyses whatever is a program, in both modes.
func FuzzSource(f *testing.F) {
	for _, text := range []string{
		"package p\n\nfunc f(c chan int) { select { case c <- 1: case v, ok := <-c: _, _ = v, ok; default: }; for range c { defer close(c) } }\n",
		"package p\n\n//fencelint:fence\ntype F struct{ c chan struct{} }\n\n//fencelint:waits f\nfunc (f *F) wait() { <-f.c }\n\n//fencelint:signals f\nfunc (f *F) signal() { close(f.c) }\n\n//fencelint:runs signalling\nfunc run(f, g *F) { g.wait(); f.signal() }\n",
		"package p\n\nfunc g[C ~chan T, T any](c C, v T) { go func() { c <- v }(); <-c }\n\nvar _ = g[chan int]\n",
		"package p\n\ntype mu struct{}\n\n//fencelint:acquires m\nfunc (m *mu) Lock() {}\n\n//fencelint:releases m\nfunc (m *mu) Unlock() {}\n\ntype t struct{ a, b mu; f func(*t) }\n\nfunc (x *t) one() { x.a.Lock(); defer x.a.Unlock(); x.b.Lock(); x.f(x); x.b.Unlock() }\nfunc (x *t) two() { x.b.Lock(); x.one(); x.b.Unlock() }\n",
		"package p\n\nfunc f(n int) (err error) {\nagain:\n\tswitch {\n\tcase n > 0:\n\t\tn--\n\t\tgoto again\n\tdefault:\n\t\tdefer func() { recover() }()\n\t\tpanic(n)\n\t}\n}\n",
		"package p\n\nfunc each(yield func(int) bool) { for i := range 3 { if !yield(i) { return } } }\nfunc f(c chan int) int { for i := range each { defer func() { c <- i }(); if i > 1 { return <-c } }; return 0 }\n",
	} {
		f.Add(text)
	}
	loose := newLoose(f.Context())
	f.Fuzz(func(t *testing.T, text string) {
		o := loose.program("p", brief, []source{{file: "p.go", text: []byte(text)}}).try(t.Context())
		if len(o.wrong()) > 0 {
			t.Error(o)
		}
	})
}
