package analyzer

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/gob"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// fact is the package fact: what the package and everything it imports say. It holds
// the union because go vet passes on the facts of direct imports only. Its slices
// are sorted, so that it encodes to the same bytes again.
type fact struct {
	Packages []unit // by path
}

// unit is what one package says. That there is one means that the package was
// analysed: what it does not mention is harmless, unless Unknown says why not.
type unit struct {
	Path      string
	Unknown   string
	Model     *model.Package
	Summaries []*summary.Summary // by key, of the functions that have something to say
	Ignores   []directive.Ignore // by position
}

var _ analysis.Fact = (*fact)(nil)

// AFact marks fact as a fact.
func (*fact) AFact() {}

// encoded is what a fact is to gob.
type encoded struct {
	Version  int
	Packages []unit
}

// factVersion goes up when facts change their meaning or their form. The go command keeps
// apart what two builds of fencelint have written; other drivers may not.
const factVersion = 1

// maxFactSize bounds what a fact may unpack to, in bytes: what is packed can be a thousand
// times as large.
const maxFactSize = 1 << 28

var errFactSize = fmt.Errorf("it unpacks to more than %d MB", maxFactSize>>20)

// GobEncode packs the fact: summaries repeat a few names over and over, and go vet
// keeps a file for every package.
func (f *fact) GobEncode() ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, fmt.Errorf("pack a fact: %w", err)
	}
	if err := gob.NewEncoder(w).Encode(encoded{factVersion, f.Packages}); err != nil {
		return nil, fmt.Errorf("encode a fact: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack a fact: %w", err)
	}
	return b.Bytes(), nil
}

// GobDecode is the inverse of GobEncode. What another version has written, or what is not
// whole, it takes for nothing.
func (f *fact) GobDecode(data []byte) error {
	unpacked := &io.LimitedReader{R: flate.NewReader(bytes.NewReader(data)), N: maxFactSize}
	var e encoded
	err := gob.NewDecoder(unpacked).Decode(&e)
	switch {
	case unpacked.N <= 0:
		return fmt.Errorf("a fact of fencelint cannot be read: %w", errFactSize)
	case err != nil:
		return fmt.Errorf("a fact of fencelint is cut short or damaged, analyse the package again: %w", err)
	case e.Version != factVersion:
		return fmt.Errorf("a fact is of another version of fencelint, analyse the package again: it has format %d, and this is %d", e.Version, factVersion)
	}
	f.Packages = e.Packages
	return nil
}

// String lists, for each package with something to say, how much it says.
func (f *fact) String() string {
	var parts []string
	for _, u := range f.Packages {
		switch {
		case u.Unknown != "":
			parts = append(parts, fmt.Sprintf("%s: unknown: %s", u.Path, u.Unknown))
		case u.silent():
		default:
			declared := cmp.Or(u.Model, &model.Package{})
			parts = append(parts, fmt.Sprintf("%s: %d contracts, %d types, %d summaries",
				u.Path, len(declared.Contracts), len(declared.Types), len(u.Summaries)))
		}
	}
	if len(parts) == 0 {
		return "analysed"
	}
	return "analysed; " + strings.Join(parts, "; ")
}

func (u *unit) silent() bool {
	return len(u.Summaries) == 0 && len(u.Ignores) == 0 && (u.Model == nil || len(u.Model.Contracts) == 0 && len(u.Model.Types) == 0)
}

// union returns the units of all facts, one for each path, by path.
func union(facts []*fact, more ...unit) []unit {
	units := slices.Clone(more)
	for _, f := range facts {
		units = append(units, f.Packages...)
	}
	slices.SortStableFunc(units, func(a, b unit) int { return cmp.Compare(a.Path, b.Path) })
	return slices.CompactFunc(units, func(a, b unit) bool { return a.Path == b.Path })
}

// telling returns, by key, the summaries of functions that have something to say to
// other packages, and leaves out of them the calls of functions that have not.
func telling(own map[string]*summary.Summary, keys []string) []*summary.Summary {
	says := make(map[string]bool)
	for grown := true; grown; {
		grown = false
		for _, key := range keys {
			if s := own[key]; !says[key] && (speaks(s) || slices.ContainsFunc(s.Calls, func(c summary.Call) bool {
				return matters(&c, own, says)
			})) {
				says[key] = true
				grown = true
			}
		}
	}
	var out []*summary.Summary
	for _, key := range keys {
		if !says[key] {
			continue
		}
		short := *own[key]
		short.Calls = slices.DeleteFunc(slices.Clone(short.Calls), func(c summary.Call) bool {
			return !matters(&c, own, says)
		})
		out = append(out, &short)
	}
	return out
}

// speaks reports whether s has something to say by itself.
func speaks(s *summary.Summary) bool {
	return s.Unknown != "" || s.Runs != 0 || len(s.Ops) > 0 || len(s.Spawns) > 0 || len(s.Params) > 0 || len(s.Said) > 0 || len(s.Hands) > 0 ||
		!reflect.ValueOf(s.Net).IsZero()
}

// matters reports whether following c may lead to something: to a function that
// speaks, or out of this package.
func matters(c *summary.Call, own map[string]*summary.Summary, says map[string]bool) bool {
	if c.FromParam >= 0 || c.Unresolved != "" {
		return true
	}
	for _, b := range c.Binds {
		if len(b.Targets) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(c.Targets, func(t summary.Target) bool {
		_, here := own[t.Func]
		return !here && !standard(packageOf(t.Func)) || says[t.Func]
	})
}
