package fairness

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Print writes how a scenario went under all policies, as two tables in Markdown. The
// work done under the first is what that under the others is held against.
func Print(w io.Writer, s Scenario, outcomes []Outcome) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n%s.\n\n", s.Name, s.Text)
	b.WriteString("| policy | slots | class | requests | median wait | p99 | max |\n")
	b.WriteString("|---|---|---|--:|--:|--:|--:|\n")
	for i := range outcomes {
		outcomes[i].printWaits(&b)
	}
	b.WriteString("\n| policy | GPU work done | loss | interactive jobs a second | their median latency | max | interactive queues without a job | greedy ones |\n")
	b.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for i := range outcomes {
		outcomes[i].printJobs(&b, &outcomes[0])
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// printWaits writes a row for each kind of slot and class that asked for any.
func (o *Outcome) printWaits(w io.Writer) {
	for kind, classes := range o.Waits {
		for class, waits := range classes {
			if len(waits) > 0 {
				fmt.Fprintf(w, "| %v | %s | %s | %d | %v | %v | %v |\n", o.Policy, KindName(kind), ClassName(class),
					len(waits), waits.Quantile(50), waits.Quantile(99), waits.Quantile(100))
			}
		}
	}
}

func (o *Outcome) printJobs(w io.Writer, base *Outcome) {
	work, before := o.Work(), base.Work()
	i := &o.Classes[Interactive]
	fmt.Fprintf(w, "| %v | %.0f ms a second | %.1f %% | %.1f | %v | %v | %d | %d |\n", o.Policy,
		float64(work/time.Millisecond)/Duration.Seconds(), percent(before-work, before),
		float64(i.Jobs)/Duration.Seconds(), i.Latency.Quantile(50), i.Latency.Quantile(100),
		i.Starved, o.Classes[Greedy].Starved)
}

// percent returns how much of whole part is, to a tenth, and never a negative zero.
func percent(part, whole time.Duration) float64 {
	return float64(1000*part/whole) / 10
}

// Work is what the GPU has done of all classes.
func (o *Outcome) Work() time.Duration {
	var sum time.Duration
	for i := range o.Classes {
		sum += o.Classes[i].Work
	}
	return sum
}
