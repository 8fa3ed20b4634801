package measure

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"
)

// Flags are the flags for limits. A run may take the given time where nothing is said.
func Flags(set *flag.FlagSet, limits *Limits, time time.Duration) {
	set.DurationVar(&limits.Time, "limit", time, "`time` for one run, 0 for no limit")
	set.Func("memory", "address space of each process, in `GB` (default no limit)", func(text string) error {
		var gb float64
		if _, err := fmt.Sscan(text, &gb); err != nil {
			return fmt.Errorf("want a number of GB: %w", err)
		}
		limits.Memory = int64(gb * 1e9)
		return nil
	})
}

// Print prints a table of the medians, with the ratios to the first series, which is the
// floor.
func Print(w io.Writer, series []Series) {
	fmt.Fprintf(w, "| | wall, s | CPU, s | memory, MB | wall / first | CPU / first | memory / first | wall from - to, s |\n|---|---|---|---|---|---|---|---|\n")
	for i := range series {
		s := &series[i]
		if len(s.Took) == 0 {
			fmt.Fprintf(w, "| %s | | | | | | | %s |\n", s.Name, reason(s.Err))
			continue
		}
		shortest, longest := s.Spread()
		fmt.Fprintf(w, "| %s | %.2f | %.2f | %.0f |%s|%s|%s| %.2f - %.2f%s |\n", s.Name,
			s.Median(Wall), s.Median(CPU), s.Median(Memory)/1e6,
			ratio(s, &series[0], Wall), ratio(s, &series[0], CPU), ratio(s, &series[0], Memory),
			shortest.Seconds(), longest.Seconds(), rounds(s))
	}
}

// ratio is a cell.
func ratio(s, first *Series, f Figure) string {
	if s == first || len(first.Took) == 0 {
		return " "
	}
	return fmt.Sprintf(" %.2f ", s.Over(first, f))
}

// rounds says why a series ended early, or has not seen everything.
func rounds(s *Series) string {
	switch {
	case s.Err == nil && s.Incomplete:
		return "; not all of it could be analysed"
	case s.Err == nil:
		return ""
	}
	return fmt.Sprintf("; %d rounds, then: %s", len(s.Took), reason(s.Err))
}

// reason is the first line of an error, in a cell.
func reason(err error) string {
	if err == nil {
		return "not run"
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.ReplaceAll(line, "|", `\|`)
}
