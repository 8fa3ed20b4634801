// Package finding is what fencelint tells people: findings with two lanes, in a
// form that knows neither SSA nor an output format.
package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
)

// Verdict says how much of a finding was seen.
type Verdict string

// The verdicts of docs/design.md section 1.
const (
	Cycle    Verdict = "cycle"    // every edge was seen
	Contract Verdict = "contract" // at least one edge exists by decree
	Breach   Verdict = "breach"   // wrong without a cycle
)

// Level is how bad a finding is.
type Level string

// The levels, worst first.
const (
	Error   Level = "error"   // deadlock
	Warning Level = "warning" // starvation or a bounded stall
	Note    Level = "note"    // legal but fragile
)

// Provenance says whether an edge was seen or exists by contract.
type Provenance string

// The provenances of an edge.
const (
	Seen       Provenance = "seen"
	ByContract Provenance = "contract"
)

// Edge says that some code waits for To while it holds, or owes, From.
type Edge struct {
	From       string     `json:"from"`
	To         string     `json:"to"`
	Provenance Provenance `json:"provenance"`
}

// Step is one hop of a lane.
type Step struct {
	Pos  model.Pos
	Func string // the function the hop is in, as a reader calls it
	Text string // the source of the hop
	Via  string // why it was resolved so, "" for the first
}

// Lane is one side of a finding: the path that owes, or the path that waits.
type Lane struct {
	Title string
	Steps []Step
}

// Finding is one thing that is wrong. It stands at the operation that breaks the
// rule.
type Finding struct {
	Rule        string
	Verdict     Verdict
	Level       Level
	Fingerprint string // of symbols and kinds, never of lines: see Seal
	Message     string // one line: root, operation, cycle
	Pos         model.Pos
	Origin      model.Pos // where it would stand if all packages were reported on
	Func        string    // display name of the function it stands in
	Package     string    // import path it stands in
	Root        string    // display name of the root, or of the function that opened the region
	Edges       []Edge
	Lanes       []Lane
	Closing     string // the sentence that closes the cycle, "" for a breach
	Help        string
	More        int    // other paths or cycles with the same breaking edge
	Annotated   bool   // an annotated class, context or operation takes part
	Generated   bool   // it stands in a file that a program wrote
	Suppressed  string // the reason of the ignore directive that matched, "" otherwise
}

// Rest says that there are other paths with the same breaking edge, and how many; it
// is "" where there are none.
func (f *Finding) Rest() string {
	switch f.More {
	case 0:
		return ""
	case 1:
		return "and 1 more path through the same operation"
	}
	return fmt.Sprintf("and %d more paths through the same operation", f.More)
}

// Seal sets the fingerprint from the rule and symbols given: full names of function,
// operation and class. Lines, columns, verdict, root and reporting site stay out, so
// that it survives edits and is the same in both modes.
func (f *Finding) Seal(symbols ...string) {
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + strings.Join(symbols, "\x00")))
	f.Fingerprint = hex.EncodeToString(sum[:8])
}
