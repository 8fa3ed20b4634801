package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/fencelint/fencelint/bench/internal/command"
)

// code is a module with a dependency, in which a finding needs both: the facts of the
// dependency say that Alloc allocates.
const code = `
-- go.mod --
module example.org/app

go 1.26

require example.org/lib v0.0.0

replace example.org/lib => ./lib
-- app.go --
package app

import "example.org/lib"

//fencelint:runs signalling
func run() { lib.Alloc() }
-- lib/go.mod --
module example.org/lib

go 1.26
-- lib/lib.go --
package lib

import "example.org/lib/inner"

// Alloc allocates.
func Alloc() { inner.Alloc() }
-- lib/inner/inner.go --
package inner

// Alloc allocates.
//
//fencelint:allocates
func Alloc() {}
`

// TestShared analyses checkouts that have nothing but a directory in common, in which
// go-cacher keeps what the go command hands it.
func TestShared(t *testing.T) {
	ctx := t.Context()
	shop, err := command.Open(ctx, "sharedcache")
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	if err := shop.Install(ctx, cacher); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "source")
	for _, file := range txtar.Parse([]byte(code)).Files {
		name := filepath.Join(source, file.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	shared := filepath.Join(dir, "shared")
	b := bench{
		fencelint: shop.Fencelint.Path(), dir: filepath.Join(dir, "work"), source: source, patterns: []string{"./..."},
		cache: func(string) string { return filepath.Join(shop.Dir, "go-cacher") + " -cache-dir=" + shared },
	}
	all := []string{"example.org/app", "example.org/lib", "example.org/lib/inner"}
	for _, test := range []struct {
		checkout checkout
		analysed []string
		strange  int
	}{
		{checkout{"the first", "a", "-trimpath"}, all, 0},
		{checkout{"the same place", "a", "-trimpath"}, nil, 0},
		{checkout{"another place", "b", "-trimpath"}, nil, 1}, // the go command replays what was printed
		{checkout{"another place, paths kept", "b", ""}, all, 0},
	} {
		o, err := b.analyse(ctx, test.checkout)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(o.analysed)
		if !slices.Equal(o.analysed, test.analysed) {
			t.Errorf("%s: analysed %q, want %q", test.checkout.title, o.analysed, test.analysed)
		}
		if len(o.found) != 1 || !strings.HasPrefix(o.found[0], "example.org/app: app.go:6:14: alloc-in-signalling: ") {
			t.Errorf("%s: found %q", test.checkout.title, o.found)
		}
		if o.strange != test.strange {
			t.Errorf("%s: %d positions in another checkout, want %d", test.checkout.title, o.strange, test.strange)
		}
	}
}
