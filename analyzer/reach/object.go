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
	// of is the function that the parameter is, where the object is not the parameter but
	// what that function has captured as its own parameter as.
	of string
	as int
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

// handed returns what a callee of a call calls an object that its caller knows by one of
// names, or, where the walk started, by its instance.
func handed(c *summary.Call, callee *summary.Summary, instance string, names []name) []name {
	binds := c.Binds
	if c.FromParam >= 0 && isMethod(callee.Func) {
		binds = behindReceiver(binds)
	}
	var out []name
	for _, b := range binds {
		for _, path := range given(b, instance, names) {
			out = append(out, name{param: b.Param, path: path})
		}
		for _, captured := range b.Captured {
			for _, path := range given(captured, instance, names) {
				out = append(out, name{b.Param, path, b.Targets[0].Func, captured.Param})
			}
		}
		for _, n := range names {
			if n.of != "" && n.param == b.From {
				out = append(out, name{b.Param, n.path, n.of, n.as})
			}
		}
	}
	for _, n := range names {
		if n.of == callee.Func && n.param == c.FromParam {
			out = append(out, name{param: n.as, path: n.path})
		}
	}
	return out
}

// given returns the paths from what is bound to an object.
func given(b summary.Bind, instance string, names []name) []string {
	if b.Object == nil {
		return nil
	}
	o := *b.Object
	if instance != "" {
		if rest, ok := below(instance, o.Instance); ok && o.Instance != "" && !strings.ContainsAny(rest, "@['") {
			return []string{rest}
		}
		return nil
	}
	var out []string
	for _, n := range names {
		if rest, ok := below(n.path, o.Path); ok && n.of == "" && o.Param == n.param && fixed(o) {
			out = append(out, rest)
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
