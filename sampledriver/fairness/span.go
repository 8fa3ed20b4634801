package fairness

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Span is how long something took while the load lasted.
type Span struct {
	Took time.Duration
	// Open says that it had not ended when the load did.
	Open bool
}

// String leaves out digits that another order of tasks would change.
func (s Span) String() string {
	text := fmt.Sprintf("%.1f ms", float64(s.Took)/float64(time.Millisecond))
	if s.Took >= 10*time.Millisecond {
		text = fmt.Sprintf("%.0f ms", float64(s.Took)/float64(time.Millisecond))
	}
	if s.Open {
		return "> " + text
	}
	return text
}

// Spans are sorted, shortest first.
type Spans []Span

// add puts what took place from since to until in its place, unless the load had ended
// before.
func (s Spans) add(since, until time.Duration) Spans {
	if since >= Duration {
		return s
	}
	x := Span{Took: min(until, Duration) - since, Open: until > Duration}
	i, _ := slices.BinarySearchFunc(s, x, func(a, b Span) int { return cmp.Compare(a.Took, b.Took) })
	return slices.Insert(s, i, x)
}

// Quantile returns what p in a hundred do not exceed.
func (s Spans) Quantile(p int) Span {
	if len(s) == 0 {
		return Span{}
	}
	return s[(len(s)-1)*p/100]
}
