package analyzer

import (
	"fmt"
	"slices"
	"sync"

	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/finding"
)

// late is what could not be analysed as it turned out when the findings were asked for,
// after [Result.Failures]. The passes that ask run side by side.
type late struct {
	mu    sync.Mutex
	all   []string
	taken int // how many of them somebody has taken over to report
}

func (r *Result) later(failures ...string) {
	r.late.mu.Lock()
	defer r.late.mu.Unlock()
	for _, text := range failures {
		if !slices.Contains(r.late.all, text) {
			r.late.all = append(r.late.all, text)
		}
	}
}

// Late returns what could not be analysed as it turned out after [Result.Failures], a
// sentence each: what could not be run to see who waits for ever, and what the passes
// stumbled over. It is complete when all passes have been asked.
func (r *Result) Late() []string {
	r.judged()
	r.late.mu.Lock()
	defer r.late.mu.Unlock()
	return slices.Clone(r.late.all)
}

// Unreported returns what has turned out so far and was not returned yet: each sentence is
// reported by one pass, whichever comes first.
func (r *Result) Unreported() []string {
	r.late.mu.Lock()
	defer r.late.mu.Unlock()
	rest := slices.Clone(r.late.all[r.late.taken:])
	r.late.taken = len(r.late.all)
	return rest
}

// Ask returns what a pass, of that name, finds. A fault in it is none of the others'.
func (r *Result) Ask(pass string, findings func(*Result) []finding.Finding) (found []finding.Finding) {
	if why := fault.Guard(func() { found = findings(r) }); why != "" {
		r.later(fmt.Sprintf("%s could not look for what is wrong: %s", pass, why))
		return nil
	}
	return found
}
