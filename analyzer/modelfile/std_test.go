package modelfile_test

import (
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/modelfile"
)

func TestStd(t *testing.T) {
	std, err := modelfile.Std()
	if err != nil {
		t.Fatal(err)
	}
	set := model.NewSet(std)
	tests := []struct{ name, want string }{
		{"(*sync.Mutex).Lock", "acquires recv"},
		{"(*sync.RWMutex).TryRLock", "acquires recv shared try"},
		{"(*sync.Once).Do", "acquires recv; calls arg0; releases recv"},
		{"time.AfterFunc", "calls arg1 async"},
		{"time.Sleep", "sleeps bounded"},
		{"io/fs.WalkDir", "blocks; calls arg2"},
		{"(*golang.org/x/sync/semaphore.Weighted).TryAcquire", "acquires recv try"},
	}
	for _, tt := range tests {
		c := set.Contract(tt.name)
		if c == nil {
			t.Errorf("%s is not modelled", tt.name)
			continue
		}
		if got := c.String(); got != tt.name+"  "+tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
		if !c.Model {
			t.Errorf("%s: not marked as a model", tt.name)
		}
	}
	for _, name := range []string{"fmt.Println", "log.Printf", "(*log/slog.Logger).Info"} {
		if set.Contract(name) != nil {
			t.Errorf("%s is modelled", name)
		}
	}
	for name, kind := range map[string]string{"sync.Mutex": "lock", "sync.RWMutex": "lock", "sync.WaitGroup": "waitgroup", "sync.Cond": "cond"} {
		if typ := set.Type(name); typ == nil || typ.Kind() != kind {
			t.Errorf("type %s: got %v, want %s", name, typ, kind)
		}
	}
}

// Every entry must name something that there is, with the parameters it speaks of.
func TestStdNamesExist(t *testing.T) {
	std, err := modelfile.Std()
	if err != nil {
		t.Fatal(err)
	}
	loaded := loadTypes(t, importPaths(std))
	byPath := func(path string) *types.Package { return loaded[path] }
	for _, p := range directive.Absent(std, byPath) {
		t.Errorf("std.model:%d: %s", p.Pos.Line, p.Message)
	}
	for _, p := range directive.Check(model.NewSet(std), std, byPath) {
		t.Errorf("std.model:%d: %s", p.Pos.Line, p.Message)
	}
}

// importPaths guesses the packages that a model speaks of: those of the embedded one
// have no dots in the last element of their paths.
func importPaths(pkg *model.Package) []string {
	paths := map[string]bool{}
	add := func(name string) {
		name = strings.TrimLeft(name, "(*")
		slash := strings.LastIndexByte(name, '/') + 1
		last, _, _ := strings.Cut(name[slash:], ".")
		paths[name[:slash]+last] = true
	}
	for _, c := range pkg.Contracts {
		add(c.Name)
	}
	for _, typ := range pkg.Types {
		add(typ.Name)
	}
	return slices.Sorted(maps.Keys(paths))
}

func loadTypes(t *testing.T, paths []string) map[string]*types.Package {
	t.Helper()
	// This module requires what is modelled besides the standard library.
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedTypes, Dir: "testdata/pools", Env: append(os.Environ(), "GOFLAGS=-mod=mod")}
	pkgs, err := packages.Load(cfg, paths...)
	if err != nil {
		t.Fatal(err)
	}
	loaded := map[string]*types.Package{}
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Error(err)
		}
		loaded[pkg.PkgPath] = pkg.Types
	}
	return loaded
}
