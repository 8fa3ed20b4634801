package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"fmt"
	"reflect"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

// written is the fact of a package as go vet stores it.
type written struct {
	path           string
	bytes          int
	encode, decode time.Duration // once
	readers        int           // packages that import it
	unknown        bool          // it says that the package is unknown
}

// facts computes the facts of the subject and everything that it imports, in the order of
// their packages' paths.
func facts(ctx context.Context, s *subject.Subject) ([]written, error) {
	program, err := load.Load(ctx, load.Options{Dir: s.Dir}, s.Patterns...)
	if err != nil {
		return nil, err
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.Analyzer}, program.Named, nil)
	if err != nil {
		return nil, err
	}
	readers := make(map[string]int)
	var all []written
	for action := range graph.All() {
		if action.Analyzer != analyzer.Analyzer {
			continue
		}
		if action.Err != nil {
			return nil, fmt.Errorf("%s: %w", action.Package.PkgPath, action.Err)
		}
		for path := range action.Package.Imports {
			readers[path]++
		}
		fact := newFact()
		if !action.PackageFact(action.Package.Types, fact) {
			continue // of the standard library
		}
		w, err := write(action.Package.PkgPath, fact)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	for i := range all {
		all[i].readers = readers[all[i].path]
	}
	slices.SortFunc(all, func(a, b written) int { return cmp.Compare(a.path, b.path) })
	return all, nil
}

// newFact returns an empty fact of the engine's only type.
func newFact() analysis.Fact {
	return reflect.New(reflect.TypeOf(analyzer.Analyzer.FactTypes[0]).Elem()).Interface().(analysis.Fact)
}

// write encodes and decodes a fact, as often as it takes to measure that.
func write(path string, fact analysis.Fact) (written, error) {
	w := written{path: path}
	var b bytes.Buffer
	var err error
	w.encode = timed(func() {
		b.Reset()
		err = cmp.Or(err, gob.NewEncoder(&b).Encode(fact))
	})
	w.bytes = b.Len()
	w.decode = timed(func() {
		err = cmp.Or(err, gob.NewDecoder(bytes.NewReader(b.Bytes())).Decode(newFact()))
	})
	if err != nil {
		return w, fmt.Errorf("%s: %w", path, err)
	}
	return w, nil
}

// timed returns what do takes, the best of a few times.
func timed(do func()) time.Duration {
	best := time.Duration(0)
	for i := range 3 {
		start := time.Now()
		do()
		if took := time.Since(start); i == 0 || took < best {
			best = took
		}
	}
	return best
}
