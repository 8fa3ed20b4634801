package fact

import (
	"bytes"
	"encoding/gob"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

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
	check("fact", reflect.TypeFor[Fact]())
	check("unit", reflect.TypeFor[Unit]())
}

func TestFactString(t *testing.T) {
	f := &Fact{Packages: []Packed{
		Pack(Unit{Path: "a", Model: &model.Package{}}, Budget),
		Pack(Unit{Path: "b", Unknown: "internal error"}, Budget),
		Pack(Unit{Path: "c", Model: &model.Package{Types: make([]model.Type, 2)}, Summaries: []*summary.Summary{{}}}, Budget),
	}}
	const want = "analysed; b: unknown: internal error; c: 0 contracts, 2 types, 1 summaries"
	if f.String() != want {
		t.Errorf("got %q, want %q", f, want)
	}
}

// TestFactRejected holds what a fact is taken for that is not whole, or was written by
// another version: for nothing, with a sentence.
func TestFactRejected(t *testing.T) {
	encode := func(e encoded) []byte {
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(e); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	parts := []Packed{{Path: "p", Unknown: strings.Repeat("x", 1000)}, {Path: "q"}}
	whole := encode(encoded{factVersion, parts})
	tests := map[string]struct {
		data []byte
		want string // "" if it is good
	}{
		"whole":         {whole, ""},
		"empty":         {nil, "cut short or damaged"},
		"half":          {whole[:len(whole)/2], "cut short or damaged"},
		"one byte less": {whole[:len(whole)-1], "cut short or damaged"},
		"not encoded":   {[]byte("fencelint"), "cut short or damaged"},
		"older":         {encode(encoded{factVersion - 1, parts}), "of another version of fencelint"},
		"newer":         {encode(encoded{factVersion + 1, parts}), "of another version of fencelint"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := new(Fact)
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

func FuzzFact(f *testing.F) {
	good, err := (&Fact{Packages: []Packed{Pack(Unit{Path: "p", Summaries: []*summary.Summary{{Func: "p.F"}}}, Budget)}}).GobEncode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		first := new(Fact)
		if first.GobDecode(data) != nil {
			return
		}
		again, err := first.GobEncode()
		if err != nil {
			t.Fatal(err)
		}
		second := new(Fact)
		if err := second.GobDecode(again); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Errorf("%s has become %s", first, second)
		}
	})
}
