package analyzer

import (
	"bytes"
	"compress/flate"
	"encoding/gob"
	"errors"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// maxFact bounds what a fact of this repository's packages may weigh, with all that
// it re-exports.
const maxFact = 1 << 18

// TestFacts computes the facts of the sample driver and the corpora, and holds every
// one against what a driver of the framework does with it: it encodes to the same
// bytes again, and says the same.
func TestFacts(t *testing.T) {
	program, err := load.Load(t.Context(), load.Options{Dir: ".."}, "./sampledriver/...", "./testdata/lang/facts/...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, program.Named, nil)
	if err != nil {
		t.Fatal(err)
	}
	largest, seen := 0, 0
	for action := range graph.All() {
		if action.Analyzer != Analyzer || standard(action.Package.PkgPath) {
			continue
		}
		f := new(fact)
		if !action.PackageFact(action.Package.Types, f) {
			t.Errorf("%s has no fact", action.Package)
			continue
		}
		seen++
		largest = max(largest, len(reencoded(t, action.Package.PkgPath, f)))
		if !slices.IsSortedFunc(f.Packages, func(a, b unit) int { return strings.Compare(a.Path, b.Path) }) {
			t.Errorf("%s: packages are not sorted", action.Package)
		}
		for _, path := range named(action.Package.Types) {
			if !standard(path) && !slices.ContainsFunc(f.Packages, func(u unit) bool { return u.Path == path }) {
				t.Errorf("%s does not pass on what %s says", action.Package, path)
			}
		}
	}
	if seen == 0 {
		t.Error("no facts")
	}
	if largest > maxFact {
		t.Errorf("a fact has %d bytes, more than %d", largest, maxFact)
	}
	t.Logf("%d facts, the largest has %d bytes", seen, largest)
}

func reencoded(t *testing.T, name string, f *fact) []byte {
	t.Helper()
	encode := func(f *fact) []byte {
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(f); err != nil {
			t.Fatalf("%s: encode: %v", name, err)
		}
		return b.Bytes()
	}
	first := encode(f)
	again := new(fact)
	if err := gob.NewDecoder(bytes.NewReader(first)).Decode(again); err != nil {
		t.Fatalf("%s: decode: %v", name, err)
	}
	if !bytes.Equal(first, encode(again)) {
		t.Errorf("%s: the fact encodes to other bytes the second time", name)
	}
	if f.String() != again.String() {
		t.Errorf("%s: the fact says %q, and %q after a round trip", name, f, again)
	}
	return first
}

// named returns the paths of the packages that pkg imports, itself included.
func named(pkg *types.Package) []string {
	paths := []string{pkg.Path()}
	for _, imported := range pkg.Imports() {
		paths = append(paths, imported.Path())
	}
	return paths
}

// TestFactHasNoMaps keeps out of facts what encodes to other bytes each time.
func TestFactHasNoMaps(t *testing.T) {
	seen := make(map[reflect.Type]bool)
	var check func(path string, typ reflect.Type)
	check = func(path string, typ reflect.Type) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		if typ == reflect.TypeFor[time.Time]() {
			return // it encodes itself; the dates here are all in UTC
		}
		switch typ.Kind() {
		case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
			t.Errorf("%s is a %s", path, typ.Kind())
		case reflect.Pointer, reflect.Slice, reflect.Array:
			check(path, typ.Elem())
		case reflect.Struct:
			for field := range typ.Fields() {
				if !field.IsExported() {
					t.Errorf("%s.%s is not exported: it would be lost", path, field.Name)
				}
				check(path+"."+field.Name, field.Type)
			}
		}
	}
	check("fact", reflect.TypeFor[fact]())
}

func TestFactString(t *testing.T) {
	f := &fact{Packages: []unit{
		{Path: "a", Model: &model.Package{}},
		{Path: "b", Unknown: "internal error"},
		{Path: "c", Model: &model.Package{Types: make([]model.Type, 2)}, Summaries: make([]*summary.Summary, 1)},
	}}
	const want = "analysed; b: unknown: internal error; c: 0 contracts, 2 types, 1 summaries"
	if f.String() != want {
		t.Errorf("got %q, want %q", f, want)
	}
}

// TestTelling keeps calls that lead to something, and drops those that do not.
func TestTelling(t *testing.T) {
	call := func(to ...string) []summary.Call {
		var calls []summary.Call
		for _, key := range to {
			calls = append(calls, summary.Call{FromParam: -1, Targets: []summary.Target{{Func: key}}})
		}
		return calls
	}
	own := map[string]*summary.Summary{
		"p.Waits":  {Func: "p.Waits", Ops: []summary.Op{{Kind: summary.OpWait}}},
		"p.calls":  {Func: "p.calls", Calls: call("p.silent", "p.Waits", "fmt.Println")},
		"p.far":    {Func: "p.far", Calls: call("q.F")},
		"p.silent": {Func: "p.silent", Calls: call("p.mutual", "fmt.Println")},
		"p.mutual": {Func: "p.mutual", Calls: call("p.silent")},
	}
	keys := []string{"p.Waits", "p.calls", "p.far", "p.mutual", "p.silent"}
	var got []string
	for _, s := range telling(own, keys) {
		text := s.Func
		for _, c := range s.Calls {
			text += " -> " + c.Targets[0].Func
		}
		got = append(got, text)
	}
	want := []string{"p.Waits", "p.calls -> p.Waits", "p.far -> q.F"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(own["p.calls"].Calls) != 3 {
		t.Error("the summary itself was changed")
	}
}

// TestFactRejected holds what a fact is taken for that is not whole, or was written by
// another version: for nothing, with a sentence.
func TestFactRejected(t *testing.T) {
	pack := func(e encoded) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(gob.NewEncoder(w).Encode(e), w.Close()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	units := []unit{{Path: "p", Unknown: strings.Repeat("x", 1000)}, {Path: "q"}}
	whole := pack(encoded{factVersion, units})
	tests := map[string]struct {
		data []byte
		want string // "" if it is good
	}{
		"whole":         {whole, ""},
		"empty":         {nil, "cut short or damaged"},
		"half":          {whole[:len(whole)/2], "cut short or damaged"},
		"one byte less": {whole[:len(whole)-10], "cut short or damaged"},
		"not packed":    {[]byte("fencelint"), "cut short or damaged"},
		"older":         {pack(encoded{factVersion - 1, units}), "of another version of fencelint"},
		"newer":         {pack(encoded{factVersion + 1, units}), "of another version of fencelint"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := new(fact)
			err := f.GobDecode(test.data)
			switch {
			case test.want == "" && (err != nil || len(f.Packages) != 2):
				t.Errorf("%v, %v", f, err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want %s", err, test.want)
			case test.want != "" && len(f.Packages) > 0:
				t.Errorf("it is taken for %v", f)
			}
		})
	}
}

// TestFactBomb unpacks what is packed very well.
func TestFactBomb(t *testing.T) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	// A message of gob says how long it is; its length is as much as gob takes.
	length := []byte{0xfc, 0x3f, 0xff, 0xff, 0xff}
	zeros := make([]byte, 1<<20)
	_, err = w.Write(length)
	for range maxFactSize>>20 + 1 {
		if err == nil {
			_, err = w.Write(zeros)
		}
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if err := new(fact).GobDecode(b.Bytes()); !errors.Is(err, errFactSize) {
		t.Errorf("%d bytes give %v", b.Len(), err)
	}
}

func FuzzFact(f *testing.F) {
	good, err := (&fact{Packages: []unit{{Path: "p", Summaries: []*summary.Summary{{Func: "p.F"}}}}}).GobEncode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		first := new(fact)
		if first.GobDecode(data) != nil {
			return
		}
		again, err := first.GobEncode()
		if err != nil {
			t.Fatal(err)
		}
		second := new(fact)
		if err := second.GobDecode(again); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Errorf("%s has become %s", first, second)
		}
	})
}
