package model_test

import (
	"go/types"
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/onefile"
)

const code = `package p
type Fence struct{}
func (*Fence) Wait() {}
type Alias = *Fence
type Box[K comparable, V any] struct { each func(K); inner struct{ x int } }
func (b *Box[X, _]) Get(X) {}
func (Box[X, Y]) Len() int { return 0 }
func Map[T any](t T) {}
type Func func()
type FuncAlias = Func
type I interface { M(); embedded }
type embedded interface { N() }
type Over I
var queue Fence
func use() {
	var b Box[string, int]
	b.Get("")
	Map(b)
	Map(0)
}
`

func check(t *testing.T) (*types.Package, *types.Info) {
	t.Helper()
	pkg, info := onefile.Build(t, "example.org/v1.2/p", code)
	return pkg.Pkg, info
}

func contract(name string) model.Contract { return model.Contract{Name: name} }

func TestFuncSeesThroughInstances(t *testing.T) {
	pkg, info := check(t)
	set := model.NewSet(&model.Package{Contracts: []model.Contract{
		contract("(*example.org/v1.2/p.Box).Get"), // as a model file writes it
		contract("example.org/v1.2/p.Map"),
		contract("(*example.org/v1.2/p.Fence).Wait"),
	}})
	instances := 0
	for _, obj := range info.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Name() != "Get" && fn.Name() != "Map" {
			continue
		}
		if fn != fn.Origin() {
			instances++
		}
		if set.Func(fn) == nil {
			t.Errorf("no contract for %s", fn.FullName())
		}
	}
	if instances == 0 {
		t.Error("the code instantiates nothing")
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(pkg.Scope().Lookup("Box").Type()), true, pkg, "Len")
	if c := set.Func(obj.(*types.Func)); c != nil {
		t.Errorf("Len has the contract %s", c.Name)
	}
	if set.Func(nil) != nil || set.Field(nil, nil) != nil {
		t.Error("nothing has a contract")
	}
}

func TestTypeSeesThroughPointersAliasesAndInstances(t *testing.T) {
	pkg, info := check(t)
	set := model.NewSet(&model.Package{
		Types:     []model.Type{{Name: "example.org/v1.2/p.Fence", Fence: true}, {Name: "example.org/v1.2/p.Box", Pool: true}},
		Contracts: []model.Contract{contract("example.org/v1.2/p.Func"), contract("example.org/v1.2/p.Box.each")},
	})
	lookup := func(name string) types.Type { return pkg.Scope().Lookup(name).Type() }
	for _, typ := range []types.Type{lookup("Fence"), lookup("Alias"), types.NewPointer(lookup("Alias")), lookup("queue")} {
		if got := set.TypeOf(typ); got == nil || !got.Fence {
			t.Errorf("TypeOf(%s) = %v", typ, got)
		}
	}
	if got := set.TypeOf(types.Typ[types.Int]); got != nil {
		t.Errorf("TypeOf(int) = %v", got)
	}
	for _, typ := range []types.Type{lookup("Func"), lookup("FuncAlias")} {
		if set.FuncType(typ) == nil {
			t.Errorf("FuncType(%s) = nil", typ)
		}
	}
	if set.FuncType(lookup("Fence")) != nil {
		t.Error("a struct is a func type")
	}
	for id, obj := range info.Defs {
		v, ok := obj.(*types.Var)
		if !ok || id.Name != "b" {
			continue
		}
		named := model.NamedOf(v.Type())
		if named == nil || named.Obj().Name() != "Box" {
			continue
		}
		if got := set.TypeOf(v.Type()); got == nil || !got.Pool {
			t.Errorf("TypeOf(%s) = %v", v.Type(), got)
		}
		if set.Field(named, named.Underlying().(*types.Struct).Field(0)) == nil {
			t.Errorf("no contract for the field of %s", v.Type())
		}
	}
}

func TestFind(t *testing.T) {
	pkg, _ := check(t)
	byPath := func(path string) *types.Package {
		if path == pkg.Path() {
			return pkg
		}
		return nil
	}
	tests := []struct {
		name  string
		found string // object string, "" for none
		pkg   bool
	}{
		{"example.org/v1.2/p.Map", "Map", true},
		{"example.org/v1.2/p.queue", "queue", true},
		{"example.org/v1.2/p.Func", "Func", true},
		{"(*example.org/v1.2/p.Fence).Wait", "Wait", true},
		{"(*example.org/v1.2/p.Box[K, V]).Get", "Get", true},
		{"(example.org/v1.2/p.Box).Len", "Len", true},
		{"example.org/v1.2/p.Box.each", "each", true},
		{"(example.org/v1.2/p.I).M", "M", true},
		{"(example.org/v1.2/p.I).N", "", true}, // declared by another interface
		{"example.org/v1.2/p.Missing", "", true},
		{"example.org/v1.2/p.Fence.missing", "", true},
		{"example.org/v1.2/p.Map.field", "", true},
		{"(*example.org/v1.2/p.Map).Method", "", true},
		{"example.org/v1.2/q.Map", "", false},
		{"", "", false},
		{"(", "", false},
		{"(*x", "", false},
		{"p", "", false},
	}
	for _, tt := range tests {
		obj, in := model.Find(tt.name, byPath)
		got := ""
		if obj != nil {
			got = obj.Name()
		}
		if got != tt.found || (in != nil) != tt.pkg {
			t.Errorf("Find(%q) = %q in %v, want %q", tt.name, got, in, tt.found)
		}
	}
}

func TestWhoSpeaks(t *testing.T) {
	source := &model.Package{Contracts: []model.Contract{{Name: "p.F", Trusted: "source"}}, Types: []model.Type{{Name: "p.T", Fence: true}}}
	other := &model.Package{Contracts: []model.Contract{{Name: "p.F", Trusted: "other"}}, Types: []model.Type{{Name: "p.T", Lock: true}}}
	file := &model.Package{
		Contracts: []model.Contract{{Name: "p.F", Trusted: "file", Model: true}},
		Types:     []model.Type{{Name: "p.T", Pool: true, Model: true}},
	}
	tests := []struct {
		pkgs      []*model.Package
		trusted   string
		typ, name string
	}{
		{[]*model.Package{source, other}, "source", "fence", "the first source"},
		{[]*model.Package{source, file}, "file", "pool", "a model file after it"},
		{[]*model.Package{file, source}, "file", "pool", "a model file before it"},
		{[]*model.Package{nil, other}, "other", "lock", "the only one"},
	}
	for _, tt := range tests {
		set := model.NewSet(tt.pkgs...)
		if got := set.Contract("p.F").Trusted; got != tt.trusted {
			t.Errorf("%s: %s speaks, want %s", tt.name, got, tt.trusted)
		}
		if got := set.Type("p.T").Kind(); got != tt.typ {
			t.Errorf("%s: the type is a %s, want %s", tt.name, got, tt.typ)
		}
	}
}

func TestInterfaces(t *testing.T) {
	set := model.NewSet(&model.Package{Contracts: []model.Contract{
		{Name: "(p.I).B", Interface: true},
		{Name: "(p.I).A", Interface: true},
		{Name: "(p.T).Value"},
		{Name: "(*p.T).Pointer", Model: true},
		{Name: "(p.J).Model", Model: true},
		{Name: "p.F", Model: true},
	}})
	var got []string
	for name := range set.Interfaces() {
		got = append(got, name)
	}
	if want := []string{"(p.I).A", "(p.I).B", "(p.J).Model"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for range set.Interfaces() {
		break // an iterator that is left early must not go on
	}
}
