// Package why answers questions about what was seen: on which way one thing leads to
// another, and why nothing is said of a function. It sees what the engine saw and
// looks at nothing else.
package why

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/internal/spell"
)

// Thing is what a question is about: a function or a class.
type Thing struct {
	Func  *summary.Summary // nil for a class
	Class string           // full name
}

// Name is what a reader calls it.
func (t Thing) Name() string {
	if t.Func != nil {
		return graph.ShortFunc(t.Func.Func)
	}
	return shortClass(t.Class)
}

func (t Thing) full() string {
	if t.Func != nil {
		return t.Func.Func
	}
	return t.Class
}

func shortClass(name string) string { return graph.ShortName(summary.Class{Name: name}) }

// Function finds the function that a reader means.
func (q *Questions) Function(text string) (Thing, error) { return find(text, "function", q.functions) }

// Thing finds the function or class that a reader means. Any part of a full name that
// begins at a dot or slash will do, with or without the parentheses of a receiver.
func (q *Questions) Thing(text string) (Thing, error) {
	return find(text, "function or class", slices.Concat(q.functions, q.classes))
}

// find returns the only thing that a text may mean.
func find(text, what string, all []Thing) (Thing, error) {
	want := plain(text)
	var meant []Thing
	var names []string
	for _, t := range all {
		name := plain(t.full())
		switch {
		case t.full() == text:
			return t, nil
		case name == want || strings.HasSuffix(name, "."+want) || strings.HasSuffix(name, "/"+want):
			meant = append(meant, t)
		}
		names = append(names, t.Name(), plain(t.Name()), plain(t.Name())[strings.LastIndexByte(plain(t.Name()), '.')+1:])
	}
	switch len(meant) {
	case 0:
		return Thing{}, fmt.Errorf("no %s here is called %q%s", what, text, spell.DidYouMean(text, names))
	case 1:
		return meant[0], nil
	}
	var full []string
	for _, t := range meant {
		full = append(full, t.full())
	}
	const shown = 6
	if len(full) > shown {
		full = append(full[:shown], fmt.Sprintf("%d more", len(full)-shown))
	}
	return Thing{}, fmt.Errorf("%q may be any of %s", text, strings.Join(full, ", "))
}

// plain is a name without the parentheses of a receiver.
func plain(name string) string {
	return strings.NewReplacer("(*", "", "(", "", ")", "").Replace(name)
}
