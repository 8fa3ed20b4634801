// Package fact is what a package leaves for those that import it, in the modular mode.
package fact

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Fact is the package fact: what the package and everything it imports say. It holds
// the union because go vet passes on the facts of direct imports only. What a package
// says is packed once, where it is analysed, and passed on as it is; it is unpacked once,
// however many imports pass it on. The slices are sorted, so that it encodes to the same
// bytes again.
type Fact struct {
	Packages []Packed // by path
}

// Packed is what one package says, as it is stored.
type Packed struct {
	Path    string
	Unknown string // as of the unit
	Data    []byte // the rest of the unit: gob, deflated
}

// Unit is what one package says. That there is one means that the package was
// analysed: what it does not mention is harmless, unless Unknown says why not.
type Unit struct {
	Path      string
	Unknown   string
	Model     *model.Package
	Summaries []*summary.Summary // by key, of the functions that have something to say
	Ignores   []directive.Ignore // by position
}

var _ analysis.Fact = (*Fact)(nil)

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// encoded is what a fact is to gob.
type encoded struct {
	Version  int
	Packages []Packed
}

// factVersion goes up when facts change their meaning or their form. The go command keeps
// apart what two builds of fencelint have written; other drivers may not.
const factVersion = 5

// GobEncode writes the fact.
func (f *Fact) GobEncode() ([]byte, error) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(encoded{factVersion, f.Packages}); err != nil {
		return nil, fmt.Errorf("encode a fact: %w", err)
	}
	return b.Bytes(), nil
}

// GobDecode is the inverse of GobEncode. What another version has written, or what is not
// whole, it takes for nothing.
func (f *Fact) GobDecode(data []byte) error {
	var e encoded
	switch err := gob.NewDecoder(bytes.NewReader(data)).Decode(&e); {
	case err != nil:
		return fmt.Errorf("a fact of fencelint is cut short or damaged, analyse the package again: %w", err)
	case e.Version != factVersion:
		return fmt.Errorf("a fact is of another version of fencelint, analyse the package again: it has format %d, and this is %d", e.Version, factVersion)
	}
	f.Packages = e.Packages
	return nil
}

// String lists, for each package with something to say, how much it says.
func (f *Fact) String() string {
	var parts []string
	units, _ := Unpack(f.Packages)
	for _, u := range units {
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

// Union returns what all facts have, and more, one for each path, by path.
func Union(facts []*Fact, more ...Packed) []Packed {
	all := slices.Clone(more)
	for _, f := range facts {
		all = append(all, f.Packages...)
	}
	slices.SortStableFunc(all, func(a, b Packed) int { return cmp.Compare(a.Path, b.Path) })
	return slices.CompactFunc(all, func(a, b Packed) bool { return a.Path == b.Path })
}

func (u *Unit) silent() bool {
	return len(u.Summaries) == 0 && len(u.Ignores) == 0 && (u.Model == nil || len(u.Model.Contracts) == 0 && len(u.Model.Types) == 0)
}
