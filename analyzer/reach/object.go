package reach

import (
	"strings"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// name is what a function calls an object that it was given: a parameter, and the
// fields from there.
type name struct {
	param int
	path  string
}

// Object returns what the function that the path starts in calls an object of the
// function that it leads to; false if that function cannot name it for certain.
func (p *Path) Object(o summary.Object) (summary.Object, bool) {
	for ok := true; p.Up != nil; p = p.Up {
		if o, ok = Outer(p.Call.Binds, o); !ok {
			return o, false
		}
	}
	return o, o.Instance != ""
}

// Outer returns what the caller that hands over binds calls an object of the function
// called; false if the caller cannot name it for certain.
func Outer(binds []summary.Bind, o summary.Object) (summary.Object, bool) {
	if o.Global() {
		return o, true
	}
	if o.Param < 0 || !fixed(o) {
		return summary.Object{}, false
	}
	for _, b := range binds {
		if b.Param != o.Param || b.Object == nil {
			continue
		}
		outer := *b.Object
		if !o.Open || outer.Class.Kind == summary.NoClass {
			outer.Class = o.Class // else the caller knows better
		}
		if o.Path != "" {
			outer.Instance += "." + o.Path
			outer.Path = strings.TrimPrefix(outer.Path+"."+o.Path, ".")
		}
		return outer, true
	}
	return summary.Object{}, false
}

// fixed reports whether an object is certainly what its path says, throughout the
// function: no element, no field that the function stores to, no earlier value.
func fixed(o summary.Object) bool { return !strings.ContainsAny(o.Instance, "@['") }

// handed returns what the callee of a call calls an object that its caller knows by
// one of names, or, where the walk started, by its instance.
func handed(c *summary.Call, instance string, names []name) []name {
	var out []name
	for _, b := range c.Binds {
		if b.Object == nil {
			continue
		}
		o := *b.Object
		if instance != "" {
			if rest, ok := below(instance, o.Instance); ok && o.Instance != "" && !strings.ContainsAny(rest, "@['") {
				out = append(out, name{b.Param, rest})
			}
			continue
		}
		for _, n := range names {
			if rest, ok := below(n.path, o.Path); ok && o.Param == n.param && fixed(o) {
				out = append(out, name{b.Param, rest})
			}
		}
	}
	return out
}

// below returns the rest of a dotted path that starts with outer.
func below(path, outer string) (string, bool) {
	switch {
	case path == outer:
		return "", true
	case outer == "":
		return path, true
	}
	return strings.CutPrefix(path, outer+".")
}
