package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/gob"
	"fmt"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/fact"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

// written is the fact of a package as go vet stores it.
type written struct {
	path    string
	bytes   int           // with what it passes on of what the package imports
	own     int           // what the package itself says
	unknown string        // why nothing is known of the package, if so
	write   time.Duration // to pack what it says and to encode the fact
	decode  time.Duration // the fact, which each importer does
	unpack  time.Duration // what its imports passed on
	readers int           // packages that import it
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
		f := new(fact.Fact)
		if !action.PackageFact(action.Package.Types, f) {
			continue // of the standard library
		}
		w, err := write(action.Package.PkgPath, f)
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

// write does to a fact what is done to it under go vet, where it is written and where it is
// read.
func write(path string, f *fact.Fact) (written, error) {
	w := written{path: path}
	mine := func(p fact.Packed) bool { return p.Path == path }
	i := slices.IndexFunc(f.Packages, mine)
	if i < 0 {
		return w, fmt.Errorf("the fact of %s does not mention it", path)
	}
	w.own, w.unknown = len(f.Packages[i].Data), f.Packages[i].Unknown
	unit, _ := fact.Unpack(f.Packages[i : i+1])
	var b bytes.Buffer
	var err error
	w.write = timed(func() {
		fact.Pack(unit[0], fact.Budget)
		b.Reset()
		err = cmp.Or(err, gob.NewEncoder(&b).Encode(f))
	})
	w.bytes = b.Len()
	w.decode = timed(func() { err = cmp.Or(err, gob.NewDecoder(bytes.NewReader(b.Bytes())).Decode(new(fact.Fact))) })
	others := slices.DeleteFunc(slices.Clone(f.Packages), mine)
	w.unpack = timed(func() { fact.Unpack(others) })
	if err != nil {
		return w, fmt.Errorf("the fact of %s: %w", path, err)
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
