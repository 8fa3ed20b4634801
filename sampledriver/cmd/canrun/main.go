// Command canrun runs the four answers to can_run_job in every interleaving of a small
// case and prints which lose a wake-up and which spin; with -trace also how the first
// lost wake-up comes about.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/fencelint/fencelint/sampledriver/canrun"
)

func main() {
	c := canrun.Case{}
	flag.IntVar(&c.Jobs, "jobs", 2, "jobs that the client submits")
	flag.IntVar(&c.Preemptions, "preemptions", 2, "times that a run takes the processor from a task")
	trace := flag.Bool("trace", false, "print the first run that loses a wake-up")
	flag.Parse()
	if err := report(os.Stdout, c, *trace); err != nil {
		fmt.Fprintln(os.Stderr, "canrun:", err)
		os.Exit(1)
	}
}

func report(w io.Writer, c canrun.Case, trace bool) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "design\truns\tlost wake-ups\twasted iterations")
	var outcomes []canrun.Outcome
	for _, d := range canrun.Designs() {
		out, err := canrun.Explore(d, c)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, out)
		fmt.Fprintf(tab, "%s\t%d\t%d\t%d\n", d.Name, out.Runs, out.Stalls, out.Wasted)
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	for _, out := range outcomes {
		if !trace || out.Stalls == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s:\n", out.Design.Name)
		for _, e := range out.Trace {
			fmt.Fprintf(w, "%8s  %-12s %s %s\n", e.At, e.Name, e.Kind, e.Text)
		}
		fmt.Fprintln(w, out.Stall)
	}
	return nil
}
