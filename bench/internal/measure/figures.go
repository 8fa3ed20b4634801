package measure

import (
	"slices"
	"time"

	"github.com/fencelint/fencelint/internal/usage"
)

// Figure is one of the figures of a run.
type Figure func(usage.Usage) float64

// Wall is the time that somebody waits for, in seconds.
func Wall(u usage.Usage) float64 { return u.Wall.Seconds() }

// CPU is the time that processors were busy for, in seconds.
func CPU(u usage.Usage) float64 { return u.CPU.Seconds() }

// Memory is the largest resident set of a process, in bytes.
func Memory(u usage.Usage) float64 { return float64(u.Memory) }

// Median returns the median of a figure over the rounds, 0 if there was none.
func (s *Series) Median(f Figure) float64 {
	var all []float64
	for _, u := range s.Took {
		all = append(all, f(u))
	}
	return median(all)
}

// Over returns the median, over the rounds that both were run in, of the ratio of a
// figure to another's; 0 if there was none.
func (s *Series) Over(other *Series, f Figure) float64 {
	return s.paired(other, func(mine, theirs usage.Usage) float64 { return f(mine) / f(theirs) })
}

// Beyond returns the median of how much a figure exceeds another's.
func (s *Series) Beyond(other *Series, f Figure) float64 {
	return s.paired(other, func(mine, theirs usage.Usage) float64 { return f(mine) - f(theirs) })
}

func (s *Series) paired(other *Series, compare func(mine, theirs usage.Usage) float64) float64 {
	var all []float64
	for i := range min(len(s.Took), len(other.Took)) {
		all = append(all, compare(s.Took[i], other.Took[i]))
	}
	return median(all)
}

// median returns the median of the values, the mean of the two in the middle where they
// are even in number.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// Spread returns the shortest and the longest wall time.
func (s *Series) Spread() (shortest, longest time.Duration) {
	for i, u := range s.Took {
		if i == 0 {
			shortest = u.Wall
		}
		shortest, longest = min(shortest, u.Wall), max(longest, u.Wall)
	}
	return shortest, longest
}
