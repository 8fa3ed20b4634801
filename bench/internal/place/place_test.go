package place

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
)

const source = `package p

type T struct{ c chan int }

func (t *T) send(stop chan bool) {
	t.c <- 1 // the first
	go func() {
		t.c <- 1
	}()
	select {
	case t.c <- 2:
	case <-stop:
	}
}

func (T) value() { println("// no comment") }

type G[K any] struct{}

func (g *G[K]) get() { /* one */ println() }

func plain() { println() }
`

func TestFind(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(name, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		places string
		want   []int
	}{
		{"(*T).send: t.c <- 1", []int{6, 8}},
		{"(*T).send: t.c <- 1 #2", []int{8}},
		{"(*T).send: case <-stop:", []int{10, 12}},
		{"(*T).send: t.c <- 1 #1 | plain: func plain() { println() }", []int{6, 22}},
		{`T.value: func (T) value() { println("// no comment") }`, []int{16}},
		{"(*G).get: func (g *G[K]) get() {           println() }", []int{20}},
		{"(*T).send: t.c <- 1 #3", nil},
		{"(*T).value: t.c <- 1", nil},
		{"(*T).send: t.c <- 3", nil},
	}
	for _, test := range tests {
		places, err := Parse(test.places)
		if err != nil {
			t.Fatal(err)
		}
		spots, missing, err := Find([]string{name}, places)
		if err != nil {
			t.Fatal(err)
		}
		if (len(missing) > 0) != (test.want == nil) {
			t.Errorf("%s: missing %v", test.places, missing)
		}
		var got []int
		for s := range maps.Keys(spots) {
			got = append(got, s.Line)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: lines %v, want %v", test.places, got, test.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, text := range []string{"", "f", "f: x | g", "f: x #0"} {
		if places, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", text, places)
		}
	}
}

func TestPasses(t *testing.T) {
	spots := Spots{{"/src/a.go", 3}: true}
	at := func(file string, line int) fencelint.Pos { return fencelint.Pos{File: file, Line: line} }
	lane := func(p fencelint.Pos) []fencelint.Lane {
		return []fencelint.Lane{{}, {Steps: []fencelint.Step{{}, {Pos: p}}}}
	}
	tests := []struct {
		found fencelint.Found
		want  bool
	}{
		{fencelint.Found{Pos: at("a.go", 3)}, true},
		{fencelint.Found{Pos: at("/src/a.go", 3)}, true},
		{fencelint.Found{Pos: at("a.go", 4)}, false},
		{fencelint.Found{Pos: at("b/a.go", 3)}, false},
		{fencelint.Found{Pos: at("a.go", 4), Lanes: lane(at("a.go", 3))}, true},
		{fencelint.Found{Pos: at("a.go", 4), Lanes: lane(at("a.go", 5))}, false},
	}
	for _, test := range tests {
		if got := spots.Passes(test.found, "/src"); got != test.want {
			t.Errorf("Passes(%+v) = %v, want %v", test.found, got, test.want)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		class, lock string
		want        bool
	}{
		{"example.org/p.T.mu", "T.mu", true},
		{"kernel.T.mu", "T.mu", true},
		{"example.org/p.f:mu", "f.mu", true},
		{"p.T.inner.Mutex", "T.inner", true},
		{"p.T.mu", "T.m", false},
		{"p.U.mu", "T.mu", false},
		{"reclaim", "T.mu", false},
	}
	for _, test := range tests {
		edge := fencelint.Found{Edges: []fencelint.Edge{{From: "x.A.b", To: test.class}}}
		if got := Names(edge, test.lock); got != test.want {
			t.Errorf("an edge to %s names %s: %v, want %v", test.class, test.lock, got, test.want)
		}
	}
	message := fencelint.Found{Message: "run returns with T.mu held, which other returns have released"}
	if !Names(message, "T.mu") || Names(message, "T.muted") {
		t.Errorf("locks named by %q are not told apart", message.Message)
	}
}
