package slot

import (
	"fmt"
	"time"
)

// Stats is how a table was used.
type Stats struct {
	Gets, Waits, Steals int
	LongestWait         time.Duration
	Log                 []Wait // one for each Get, in the order in which they ended
}

// Wait is how long one Get took, and when it ended.
type Wait struct {
	Priority    int
	Took, Ended time.Duration
}

func (s *Stats) count(w Wait, waited bool) {
	s.Gets++
	if waited {
		s.Waits++
	}
	s.LongestWait = max(s.LongestWait, w.Took)
	s.Log = append(s.Log, w)
}

func (s Stats) String() string {
	return fmt.Sprintf("%d gets, %d had to wait, %v at most; %d steals", s.Gets, s.Waits, s.LongestWait, s.Steals)
}
