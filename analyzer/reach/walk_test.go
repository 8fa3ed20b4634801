package reach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// calls is a program: what each function calls. A leading ~ makes a call dynamic. Every
// function sleeps once.
type calls map[string][]string

func (p calls) space() *reach.Space {
	return reach.NewSpace(func(key string) *summary.Summary {
		callees, ok := p[key]
		if !ok {
			return nil
		}
		s := &summary.Summary{Func: key, Ops: []summary.Op{{Kind: summary.OpSleep, On: summary.Object{Param: -1}}}}
		for _, callee := range callees {
			name, dynamic := strings.CutPrefix(callee, "~")
			target := summary.Target{Func: name}
			if dynamic {
				target.Via = summary.Interface
			}
			s.Calls = append(s.Calls, summary.Call{FromParam: -1, Targets: []summary.Target{target}})
		}
		return s
	})
}

// way returns the functions on the path on which a walk from start comes to goal.
func way(space *reach.Space, start, goal string) string {
	var found []string
	space.Walk([]*reach.Start{{State: space.Entry(start)}}, 0, func(p *reach.Path, _ *summary.Op) bool {
		if p.State.Key() != goal {
			return true
		}
		for _, frame := range p.Frames() {
			found = append(found, frame.State.Key())
		}
		return false
	})
	return strings.Join(found, " ")
}

func TestWalkChoosesWitness(t *testing.T) {
	tests := []struct {
		name  string
		calls calls
		want  string
	}{
		{"the shorter", calls{"a": {"b", "c"}, "b": {"d"}, "c": {"z"}, "d": {"z"}, "z": nil}, "a c z"},
		{"fewer dynamic hops before fewer hops", calls{"a": {"~z", "b"}, "b": {"c"}, "c": {"z"}, "z": nil}, "a b c z"},
		{"by name, whatever the order of calls", calls{"a": {"c", "b"}, "b": {"z"}, "c": {"z"}, "z": nil}, "a b z"},
		{"through recursion", calls{"a": {"b"}, "b": {"a", "b", "z"}, "z": {"a"}}, "a b z"},
		{"not through what is not in sight", calls{"a": {"gone"}, "z": nil}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := way(test.calls.space(), "a", "z"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A callee is looked at once for each scope in which it is called.
func TestWalkKeepsScopesApart(t *testing.T) {
	scoped := summary.Site{Within: []summary.Region{{Kind: summary.Declared, Context: model.NoReclaim}}}
	target := []summary.Target{{Func: "b"}}
	funcs := map[string]*summary.Summary{
		"a": {Func: "a", Calls: []summary.Call{{FromParam: -1, Targets: target, Site: scoped}, {FromParam: -1, Targets: target}}},
		"b": {Func: "b", Ops: []summary.Op{{Kind: summary.OpSleep}}},
	}
	space := reach.NewSpace(func(key string) *summary.Summary { return funcs[key] })
	var scopes []model.Context
	space.Walk([]*reach.Start{{State: space.Entry("a")}}, 0, func(p *reach.Path, _ *summary.Op) bool {
		scopes = append(scopes, p.Scope)
		return true
	})
	if want := []model.Context{model.NoReclaim, 0}; !slices.Equal(scopes, want) {
		t.Errorf("got scopes %v, want %v", scopes, want)
	}
}

// Flags are composed through the calls that pass them on: (p & And) | Or at each.
func TestFlagsThroughCalls(t *testing.T) {
	pass := func(f summary.Flag) []summary.Bind {
		return []summary.Bind{{Param: 0, Flags: summary.Flags{f}, From: -1}}
	}
	call := func(callee string, f summary.Flag) []summary.Call {
		return []summary.Call{{FromParam: -1, Targets: []summary.Target{{Func: callee}}, Binds: pass(f)}}
	}
	funcs := map[string]*summary.Summary{
		"constant": {Func: "constant", Calls: call("middle", summary.Flag{Param: -1, Or: 0b0110})},
		"middle":   {Func: "middle", Params: []int{0}, Calls: call("bottom", summary.Flag{Param: 0, And: 0b1100, Or: 0b0001})},
		"bottom":   {Func: "bottom", Params: []int{0}, Ops: []summary.Op{{Kind: summary.OpAlloc}}},
	}
	tests := []struct {
		from string
		want summary.Flag
	}{
		{"constant", summary.Flag{Param: -1, Or: 0b1101}},
		{"middle", summary.Flag{Param: 0, And: 0b1100, Or: 0b1001}},
	}
	for _, test := range tests {
		t.Run(test.from, func(t *testing.T) {
			space := reach.NewSpace(func(key string) *summary.Summary { return funcs[key] })
			space.Walk([]*reach.Start{{State: space.Entry(test.from)}}, 0, func(p *reach.Path, _ *summary.Op) bool {
				got := p.State.Flags(summary.Flags{{Param: 0, And: 0b1111, Or: 0b1000}})
				if len(got) != 1 || got[0] != test.want {
					t.Errorf("got %+v, want %+v", got, test.want)
				}
				return true
			})
		})
	}
}
