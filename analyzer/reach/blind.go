package reach

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Blind is a call that may lead to what is not in sight.
type Blind struct {
	Path *Path // to the function that makes the call
	Call *summary.Call
	Why  string // as in [summary.Call], or why the body of a target is not at hand
}

// Blind returns the calls below the starts that may lead to what is not in sight, each
// once. What is not in a context of avoid counts, as in [Space.Walk].
func (s *Space) Blind(starts []*Start, avoid model.Context) []Blind {
	var all []Blind
	seen := map[*summary.Call]bool{}
	w := walker{space: s, avoid: avoid}
	w.each(starts, func(p *Path) bool {
		if p.spoken() {
			return true
		}
		for i, c := range w.calls(p) {
			if why := s.blind(p.State, i, c); why != "" && !seen[c] {
				seen[c] = true
				all = append(all, Blind{p, c, why})
			}
		}
		return true
	})
	return all
}

// blind says why a call may lead to what is not in sight, "" if it does not.
func (s *Space) blind(st *State, i int, c *summary.Call) string {
	if c.Unresolved != "" {
		return c.Unresolved
	}
	for _, t := range c.Targets {
		if why := summary.Opaque(t.Func, s.summary(t.Func)); why != "" {
			return why
		}
	}
	if len(c.Targets) == 0 && len(s.callees(st, i)) == 0 {
		return "func value" // a parameter of which no caller says what it is
	}
	return ""
}
