package analyzer

import (
	"errors"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/model"
)

// onHeap asks the compiler what is on the heap, if there is a place where nothing may
// be: nil otherwise.
func (o *Options) onHeap(set *model.Set, loaded []*packages.Package) (*escape.Results, error) {
	if !forbidsHeap(set) {
		return nil, nil
	}
	if o.Heap == nil {
		return nil, errors.New("what is marked noheap cannot be checked without the compiler")
	}
	var paths []string
	for _, p := range loaded {
		paths = append(paths, p.PkgPath)
	}
	return o.Heap(paths)
}

// forbidsHeap reports whether anything is marked noheap in the code: what a model says
// of the standard library promises something, and asks for nothing.
func forbidsHeap(set *model.Set) bool {
	for _, c := range set.Contracts() {
		if c.Model {
			continue
		}
		if c.Runs.Has(model.NoHeap) {
			return true
		}
		for _, e := range c.Effects {
			if e.Contexts.Has(model.NoHeap) {
				return true
			}
		}
	}
	return false
}
