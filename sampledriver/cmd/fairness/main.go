// Fairness has greedy queues and an interactive one compete for the slots of the
// sample driver's hardware, and prints who waits how long under each policy. One seed
// gives one table.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/fairness"
)

func main() {
	seed := flag.Uint64("seed", 0, "one seed gives one table")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "Fairness prints who waits how long for a slot, for each scenario and policy.")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "fairness: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := run(os.Stdout, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "fairness:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, seed uint64) error {
	for _, s := range fairness.Scenarios() {
		var outcomes []fairness.Outcome
		for _, policy := range slot.Policies() {
			out, err := fairness.Run(s, policy, seed)
			if err != nil {
				return err
			}
			outcomes = append(outcomes, out)
		}
		if err := fairness.Print(w, s, outcomes); err != nil {
			return err
		}
	}
	return nil
}
