package mark_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/mark"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/internal/onefile"
)

const header = `package p
import ("errors"; "sync"; "sync/atomic")
type T struct{ mu sync.Mutex; done bool; now atomic.Bool; kind int; err error; run func() error }
var bad = errors.New("bad")
func here() {}
func (t *T) set() { t.done = true }
func (t *T) start() error { if t.kind == 0 { return bad }; t.now.Store(true); return nil }
func other() error { return nil }
func (t *T) change(kind int) { t.kind = kind }
`

// TestMarks looks at what is known where the function f of a case calls here.
func TestMarks(t *testing.T) {
	tests := map[string]struct{ source, undone, done, asked string }{
		"nothing":                           {"func f(t *T) { here() }", "", "", ""},
		"found unset":                       {"func f(t *T) { if t.done { return }; here() }", "done", "", "done"},
		"found set":                         {"func f(t *T) { if t.done { here() } }", "", "done", "done"},
		"read atomically":                   {"func f(t *T) { if t.now.Load() { return }; here() }", "now", "", "now"},
		"set since":                         {"func f(t *T) { if t.done { return }; t.done = true; here() }", "", "done", "done"},
		"set since, by what is called":      {"func f(t *T) { if t.done { return }; t.set(); here() }", "", "done", "done"},
		"set since, in an earlier turn":     {"func f(t *T) { if t.done { return }; for range 2 { here(); t.set() } }", "", "", "done"},
		"asked for anew in each turn":       {"func f(t *T) { for range 2 { if t.done { return }; here(); t.set() } }", "done", "", "done"},
		"on one of two ways":                {"func f(t *T) { if t.kind > 1 { if t.done { return } }; here() }", "", "", ""},
		"set by what has come back":         {"func f(t *T) { if err := t.start(); err != nil { return }; here() }", "", "now", ""},
		"not set by what has failed":        {"func f(t *T) { if err := t.start(); err == nil { return }; here() }", "", "", ""},
		"set by what nothing is known of":   {"func f(t *T) { if err := other(); err != nil { return }; here() }", "", "", ""},
		"passed on":                         {"func (t *T) g() error { return t.start() }\nfunc f(t *T) { if err := t.g(); err != nil { return }; here() }", "", "now", ""},
		"kept in a field":                   {"func (t *T) g() error { if t.err = t.start(); t.err != nil { t.err = bad }; return t.err }\nfunc f(t *T) { if err := t.g(); err != nil { return }; here() }", "", "now", ""},
		"kept in a field, or none":          {"func (t *T) g() error { t.err = t.start(); if t.kind > 1 { t.err = nil }; return t.err }\nfunc f(t *T) { if err := t.g(); err != nil { return }; here() }", "", "", ""},
		"perhaps set before an error":       {"func (t *T) g() error { if t.now.Load() { return nil }; if err := t.try(); err != nil { return err }; return nil }\nfunc (t *T) try() error { if t.kind > 1 { t.now.Store(true) }; return nil }\nfunc f(t *T) { if err := t.g(); err != nil { return }; here() }", "", "", ""},
		"through a function value":          {"func n() *T { t := &T{}; t.run = t.start; return t }\nfunc f(t *T) { if err := t.run(); err != nil { return }; here() }", "", "now", ""},
		"a named result that is captured":   {"func (t *T) g() (err error) { defer func() { if err != nil { here() } }(); if err = other(); err != nil { return err }; return t.start() }\nfunc f(t *T) { if err := t.g(); err != nil { return }; here() }", "", "now", ""},
		"what finds that it is set already": {"func (t *T) g() error { if t.now.Load() { return nil }; return t.start() }\nfunc f(t *T) { if err := t.g(); err != nil { return }; here() }", "", "now", ""},
		"a state":                           {"func f(t *T) { if t.kind == 2 { here() } }", "", "", "kind"},
		"a state of what it has made":       {"func f() { t := &T{}; if t.kind == 2 { here() } }", "", "", ""},
		"a state of what is not known":      {"func f(t *T, kind int) { if t.kind == kind { here() } }", "", "", ""},
	}
	own := regexp.MustCompile(`\b(f|g|n|try)\b`)
	source, names := header, map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(tests)) {
		names[name] = fmt.Sprint("f", i)
		source += own.ReplaceAllString(tests[name].source, fmt.Sprint("${1}", i)) + "\n"
	}
	pkg, info := onefile.Build(t, "p", source)
	funcs := callee.Functions(pkg, info)
	keys := flow.NewKeys()
	byKey := map[string]*summary.Site{}
	for _, name := range names {
		fn := pkg.Func(name)
		byKey[keys.Of(fn)] = siteOf(t, fn)
	}
	marks := mark.Find(mark.Program{
		Funcs: funcs, Callees: callee.Whole(pkg.Prog, callee.All(pkg.Prog, funcs)).Callees, Key: keys.Of,
		Sites: func(key string) []*summary.Site {
			if site := byKey[key]; site != nil {
				return []*summary.Site{site}
			}
			return nil
		},
	})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			key := keys.Of(pkg.Func(names[name]))
			spot := byKey[key].Spot(key)
			known := map[bool][]string{}
			for _, m := range marks.Flags[spot] {
				known[m.Set] = append(known[m.Set], short(m.Field))
			}
			var states []string
			for _, field := range marks.States[spot] {
				states = append(states, short(field))
			}
			got := fmt.Sprint(known[false], known[true], states)
			want := fmt.Sprintf("[%s] [%s] [%s]", test.undone, test.done, test.asked)
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func short(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

// siteOf returns where a function calls here.
func siteOf(t *testing.T, fn *ssa.Function) *summary.Site {
	for _, b := range fn.Blocks {
		for i, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && call.Call.StaticCallee() != nil && call.Call.StaticCallee().Name() == "here" {
				return &summary.Site{Block: b.Index, Order: summary.Order(i, 0)}
			}
		}
	}
	t.Fatal("f does not call here")
	return nil
}
