package reach

import (
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// thing is what a function calls x: a parameter or a value of its own, and a path.
func thing(param int, instance, path string) summary.Object {
	if path != "" {
		instance += "." + path
	}
	return summary.Object{Class: summary.Class{Kind: summary.Lock, Name: "d.Dev.mu"}, Param: param, Path: path, Instance: instance}
}

func TestFollow(t *testing.T) {
	// top holds d.mu and calls one(d.peer, d); one calls two on both of its parameters.
	hand := func(param int, o summary.Object) summary.Bind {
		o.Class = summary.Class{}
		return summary.Bind{Param: param, Object: &o, From: -1}
	}
	calls := func(callee string, binds ...summary.Bind) summary.Call {
		return summary.Call{Targets: []summary.Target{{Func: callee}}, FromParam: -1, Binds: binds}
	}
	funcs := map[string]*summary.Summary{
		"top": {Func: "top", Params: []int{0}, Calls: []summary.Call{
			calls("one", hand(0, thing(0, "d", "peer")), hand(1, thing(0, "d", ""))),
		}},
		"one": {Func: "one", Params: []int{0, 1}, Calls: []summary.Call{
			calls("other", hand(0, thing(0, "x", ""))),
			calls("same", hand(0, thing(1, "y", ""))),
			calls("child", hand(0, thing(1, "y", "peer"))),
			calls("stale", hand(0, thing(1, "y", ""))),
		}},
	}
	for _, name := range []string{"other", "same", "child", "stale"} {
		o := thing(0, "z", "mu")
		if name == "stale" {
			o.Instance = "z.mu@t3" // the function has stored to the field
		}
		funcs[name] = &summary.Summary{Func: name, Params: []int{0}, Ops: []summary.Op{
			{Kind: summary.OpAcquire, On: o},
			{Kind: summary.OpAcquire, On: thing(0, "z", "spare")},
		}}
	}
	space := NewSpace(func(key string) *summary.Summary { return funcs[key] })
	start := &Start{State: space.Entry("top")}
	var found []string
	space.Follow(start, thing(0, "d", "mu"), func(p *Path, op *summary.Op) {
		found = append(found, p.State.Key())
		if o, ok := p.Object(op.On); !ok || o.Instance != "d.mu" {
			t.Errorf("top calls it %q", o.Instance)
		}
	})
	if !slices.Equal(found, []string{"same"}) {
		t.Errorf("found in %q", found)
	}
	space.Follow(start, summary.Object{}, func(*Path, *summary.Op) { t.Error("followed nothing") })
}

func TestOuter(t *testing.T) {
	d := thing(2, "d", "")
	binds := []summary.Bind{{Param: 0, Object: &d, From: -1}}
	tests := []struct {
		name string
		o    summary.Object
		want string
	}{
		{"a field", thing(0, "x", "mu"), "d.mu"},
		{"itself", thing(0, "x", ""), "d"},
		{"another parameter", thing(1, "y", "mu"), ""},
		{"an element", thing(0, "x[t1]", ""), ""},
		{"made here", thing(-1, "t0", "mu"), ""},
		{"a package variable", thing(-1, ".x/y.d", "mu"), ".x/y.d.mu"},
	}
	for _, test := range tests {
		o, ok := Outer(binds, test.o)
		if ok != (test.want != "") || ok && o.Instance != test.want {
			t.Errorf("%s: %q, %v", test.name, o.Instance, ok)
		}
	}
}
