package mutant

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Expect is what is expected of a mutant.
type Expect struct {
	Breaks  string   `json:"breaks"` // one line: what the patch does
	Like    string   `json:"like"`   // the real bug that it is made after
	Group   string   `json:"group"`  // the pattern it belongs to, A to H
	Finding Wanted   `json:"finding"`
	Also    []Wanted `json:"also,omitempty"` // other findings that the same bug makes, may be absent
	Dynamic Dynamic  `json:"dynamic"`
}

// Wanted is a finding that is expected.
type Wanted struct {
	Rule string `json:"rule"`
	Func string `json:"func"` // where it stands
	// ModularFunc is where it stands under go vet, when the operation lies in a package
	// that is not the one being vetted.
	ModularFunc string                    `json:"modular-func,omitempty"`
	Root        string                    `json:"root"`
	Verdict     map[fencelint.Mode]string `json:"verdict"`
}

// Kind is what the simulation shows of a mutant.
type Kind string

// The kinds of dynamic evidence.
const (
	Deadlock  Kind = "deadlock"   // a cycle in the wait-for graph
	Trip      Kind = "trip"       // the simulated kernel refuses: a sleep in atomic context, for instance
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
	if e.Finding.Rule == "" || e.Finding.Func == "" {
		errs = append(errs, errors.New("the finding needs a rule and a func"))
	}
	for _, mode := range fencelint.Modes() {
		if e.Finding.Verdict[mode] == "" {
			errs = append(errs, fmt.Errorf("no verdict for mode %s", mode))
		}
	}
	switch d := e.Dynamic; d.Kind {
	case Deadlock, Trip, LostFence:
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
	main := slices.IndexFunc(found, func(f fencelint.Found) bool { return e.Finding.matches(mode, f) })
	if main < 0 {
		wrong = append(wrong, fmt.Sprintf("%s: not found: %s in %s", mode, e.Finding.Rule, e.Finding.Func))
	} else if got, want := found[main].Verdict, e.Finding.Verdict[mode]; got != want {
		wrong = append(wrong, fmt.Sprintf("%s: %s in %s has verdict %s, want %s", mode, e.Finding.Rule, e.Finding.Func, got, want))
	}
	for i, f := range found {
		if i != main && !slices.ContainsFunc(e.Also, func(w Wanted) bool { return w.matches(mode, f) }) {
			wrong = append(wrong, fmt.Sprintf("%s: one too many: %s", mode, f))
		}
	}
	return wrong
}

// matches reports whether f is the finding w; what w leaves open matches all.
func (w Wanted) matches(mode fencelint.Mode, f fencelint.Found) bool {
	want := w.Func
	if mode == fencelint.Modular {
		want = cmp.Or(w.ModularFunc, w.Func)
	}
	return w.Rule == f.Rule && (want == "" || want == f.Func) && (w.Root == "" || w.Root == f.Root)
}
