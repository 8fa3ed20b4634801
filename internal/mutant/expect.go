package mutant

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Expect is what is expected of a mutant.
type Expect struct {
	Breaks  string    `json:"breaks"` // one line: what the patch does
	Like    string    `json:"like"`   // the real bug that it is made after
	Group   string    `json:"group"`  // the pattern it belongs to, A to H
	Finding Wanted    `json:"finding,omitzero"`
	Also    []Besides `json:"also,omitempty"`
	// Timeouts is, by fence, how what the audit says of its timeouts begins. It is what
	// shows a mutant that has no finding.
	Timeouts map[string]string `json:"timeouts,omitempty"`
	Dynamic  Dynamic           `json:"dynamic"`
}

// Wanted is the finding that is expected, as each mode sees it: under go vet an
// operation in another package is reported at the call that leads there, by the root
// that is in sight.
type Wanted struct {
	Rule    string `json:"rule"`
	Whole   Sight  `json:"whole"`
	Modular Sight  `json:"modular"`
}

// Sight is a finding in one mode.
type Sight struct {
	Func    string `json:"func"` // where it stands
	Root    string `json:"root"`
	Verdict string `json:"verdict"`
}

// In returns what is wanted in a mode.
func (w Wanted) In(mode fencelint.Mode) Sight {
	if mode == fencelint.Modular {
		return w.Modular
	}
	return w.Whole
}

// Besides is another finding that the same bug makes, and that may be absent.
type Besides struct {
	Rule string `json:"rule"`
	Func string `json:"func"`
}

// Kind is what the simulation shows of a mutant.
type Kind string

// The kinds of dynamic evidence.
const (
	Deadlock  Kind = "deadlock"   // a cycle in the wait-for graph
	Trip      Kind = "trip"       // the simulated kernel refuses: a sleep in atomic context, for instance
	Endless   Kind = "endless"    // the run goes on for ever, and somebody waits all the time
	LostFence Kind = "lost-fence" // a published fence was not signalled when all was over
	Quiet     Kind = "none"       // nothing, for the reason in WhyNot
)

// Dynamic says how the simulation shows the bug.
type Dynamic struct {
	Kind   Kind     `json:"kind"`
	WhyNot string   `json:"why-not,omitempty"`
	Seeds  []uint64 `json:"seeds,omitempty"` // each of which shows it
	Args   []string `json:"args,omitempty"`  // the workload
	Shows  []string `json:"shows,omitempty"` // what the report must name
}

// ReadExpect reads an Expect from a JSON file and rejects what it does not know.
func ReadExpect(path string) (*Expect, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read expectation: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	var e Expect
	if err := dec.Decode(&e); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := e.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &e, nil
}

func (e *Expect) validate() error {
	var errs []error
	if e.Breaks == "" || e.Like == "" || e.Group == "" {
		errs = append(errs, errors.New("breaks, like and group must be said"))
	}
	if e.Finding.Rule == "" && len(e.Timeouts) == 0 {
		errs = append(errs, errors.New("the finding needs a rule"))
	}
	for _, mode := range fencelint.Modes() {
		if s := e.Finding.In(mode); e.Finding.Rule != "" && (s.Func == "" || s.Root == "" || s.Verdict == "") {
			errs = append(errs, fmt.Errorf("mode %s needs func, root and verdict", mode))
		}
	}
	switch d := e.Dynamic; d.Kind {
	case Deadlock, Trip, Endless, LostFence:
		if len(d.Seeds) == 0 || len(d.Shows) == 0 {
			errs = append(errs, fmt.Errorf("%s needs seeds and what is shown", d.Kind))
		}
	case Quiet:
		if d.WhyNot == "" {
			errs = append(errs, errors.New("a mutant that the simulation does not show needs a why-not"))
		}
	default:
		errs = append(errs, fmt.Errorf("unknown kind %q", d.Kind))
	}
	return errors.Join(errs...)
}

// Check holds what was found in a mode against what is expected and returns what is
// wrong. Each finding has a breaking edge of its own, so that any that is not
// expected is one too many.
func (e *Expect) Check(mode fencelint.Mode, found []fencelint.Found) []string {
	var wrong []string
	want := e.Finding.In(mode)
	main := slices.IndexFunc(found, func(f fencelint.Found) bool {
		return f.Rule == e.Finding.Rule && f.Func == want.Func && f.Root == want.Root
	})
	if main < 0 && e.Finding.Rule != "" {
		wrong = append(wrong, fmt.Sprintf("%s: not found: %s in %s, root %s", mode, e.Finding.Rule, want.Func, want.Root))
	} else if main >= 0 && found[main].Verdict != want.Verdict {
		wrong = append(wrong, fmt.Sprintf("%s: %s in %s has verdict %s, want %s", mode, e.Finding.Rule, want.Func, found[main].Verdict, want.Verdict))
	}
	for i, f := range found {
		if i != main && !slices.Contains(e.Also, Besides{f.Rule, f.Func}) {
			wrong = append(wrong, fmt.Sprintf("%s: one too many: %s", mode, f))
		}
	}
	return wrong
}
