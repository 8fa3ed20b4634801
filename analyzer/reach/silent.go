package reach

import "github.com/fencelint/fencelint/analyzer/scc"

// silent reports whether no operation can be reached from a state: a walk for operations
// need not go there. It is known of the states that were there when all were made.
func (s *Space) silent(st *State) bool { return s.quiet.Of(st) }

// findSilent finds the silent states.
func (s *Space) findSilent() {
	quiet := make([]bool, len(s.order))
	below := func(v int) (to []int) {
		st := s.order[v]
		for i := range st.Summary.Calls {
			for _, h := range s.callees(st, i) {
				to = append(to, h.to.id)
			}
		}
		return to
	}
	for _, members := range scc.Components(len(s.order), below) {
		silent := true
		for _, v := range members {
			quiet[v] = true // for the others of them
			sum := s.order[v].Summary
			silent = silent && len(sum.Ops) == 0 && len(sum.Said) == 0
		}
		for _, v := range members {
			if !silent {
				break
			}
			for _, w := range below(v) {
				silent = silent && quiet[w]
			}
		}
		for _, v := range members {
			quiet[v] = silent
		}
	}
	s.quiet = Table[bool]{quiet}
}
