// Agxsim runs a workload on the sample driver and prints how it went. It exits with 1
// when something happened that must not: a deadlock, a call that its context forbids, a
// fence never signalled, a leak.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/agx/workload"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

func main() {
	ok, err := run(os.Args[1:], os.Stdout)
	switch {
	case err == flag.ErrHelp:
	case err != nil:
		fmt.Fprintln(os.Stderr, "agxsim:", err)
		os.Exit(2)
	case !ok:
		os.Exit(1)
	}
}

// run reports false when the run had problems.
func run(args []string, out io.Writer) (bool, error) {
	cfg, trace, err := parse(args)
	if err != nil {
		return false, err
	}
	var spans *tracer
	if trace != "" {
		spans = newTracer()
		cfg.Trace = spans.event
	}
	res := workload.Run(cfg)
	res.Print(out)
	if spans != nil {
		if err := spans.writeFile(trace); err != nil {
			return false, err
		}
		fmt.Fprintf(out, "trace          %s\n", trace)
	}
	return len(res.Problems()) == 0, nil
}

// choice is a flag with a fixed set of values.
type choice[T any] struct {
	to     *T
	values map[string]T
	names  []string
	now    string
}

func (c *choice[T]) String() string { return c.now }

func (c *choice[T]) Set(s string) error {
	v, ok := c.values[s]
	if !ok {
		return fmt.Errorf("not one of %s", strings.Join(c.names, ", "))
	}
	*c.to, c.now = v, s
	return nil
}

// parse returns the workload that args ask for and the file for the trace, if any.
func parse(args []string) (workload.Config, string, error) {
	cfg, heavy := workload.Default(), workload.Heavy()
	if slices.Contains(args, "-heavy") || slices.Contains(args, "--heavy") {
		cfg = heavy
	}
	fs := flag.NewFlagSet("agxsim", flag.ContinueOnError)
	fs.Bool("heavy", false, "start from a short load under which memory, slots and hardware all fail")
	fs.Uint64Var(&cfg.Seed, "seed", 0, "one seed gives one run")
	fs.IntVar(&cfg.Clients, "clients", cfg.Clients, "number of clients")
	fs.IntVar(&cfg.Queues, "queues", cfg.Queues, "queues of each client")
	fs.IntVar(&cfg.Objects, "objects", cfg.Objects, "objects of each client")
	fs.IntVar(&cfg.Depth, "depth", cfg.Depth, "jobs that a client lets be in flight")
	fs.IntVar(&cfg.Render, "render", cfg.Render, "per cent of commands that are renders")
	fs.IntVar(&cfg.Share, "share", cfg.Share, "per cent of jobs that wait for another client's")
	fs.IntVar(&cfg.Kill, "kill", cfg.Kill, "per cent of clients that are killed")
	fs.DurationVar(&cfg.Work, "work", cfg.Work, "mean time of a command, virtual")
	fs.DurationVar(&cfg.Duration, "duration", cfg.Duration, "how long clients submit, virtual")
	fs.IntVar(&cfg.Device.VMSlots, "vmslots", cfg.Device.VMSlots, "contexts for address spaces, 0 for all")
	fs.IntVar(&cfg.Device.EventSlots, "eventslots", cfg.Device.EventSlots, "event slots, 0 for all")
	fs.IntVar(&cfg.Device.BufferSlots, "bufferslots", cfg.Device.BufferSlots, "buffer managers, 0 for all")
	memory := fs.Int("memory", 0, "pages of memory, 0 for as many as anybody wants; few make pressure")
	faults := fs.Bool("faults", false, "have the hardware misbehave")
	trace := fs.String("trace", "", "write a trace for Perfetto or chrome://tracing to this `file`")
	fs.Var(&choice[sched.Design]{&cfg.Device.Design, map[string]sched.Design{"thread": sched.Thread, "items": sched.WorkItems}, []string{"thread", "items"}, "thread"},
		"design", "scheduler `loop`: thread or items")
	fs.Var(&choice[sched.Gate]{&cfg.Device.Gate, map[string]sched.Gate{"fence": sched.GateFence, "condition": sched.GateCondition, "outside": sched.GateOutside}, []string{"fence", "condition", "outside"}, "fence"},
		"gate", "how the scheduler `learns` of room: fence, condition or outside")
	policies := make(map[string]slot.Policy)
	var names []string
	for _, p := range slot.Policies() {
		policies[p.String()] = p
		names = append(names, p.String())
	}
	fs.Var(&choice[slot.Policy]{&cfg.Device.Policy, policies, names, names[0]}, "policy", "`who` gets a slot when there are few: "+strings.Join(names, ", "))
	fs.Usage = func() {
		fmt.Fprintln(fs.Output(), "Agxsim runs a workload on the sample driver and prints how it went.")
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return cfg, "", err
	}
	if fs.NArg() > 0 {
		return cfg, "", fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	if *memory > 0 {
		cfg.Hog = *memory / 5
		cfg.Memory = kmem.Config{Total: *memory, Min: *memory / 24, Low: *memory / 8, High: *memory / 5}
	}
	if *faults {
		cfg.Faults = heavy.Faults
		cfg.Device.Timeout = heavy.Device.Timeout
	}
	return cfg, *trace, check(cfg)
}

// check says what makes no sense in cfg.
func check(cfg workload.Config) error {
	switch {
	case cfg.Clients < 1, cfg.Queues < 1, cfg.Depth < 1:
		return fmt.Errorf("clients, queues and depth must be at least 1")
	case cfg.Objects < 0, cfg.Memory.Total < 0:
		return fmt.Errorf("objects and memory must not be negative")
	case cfg.Work <= 0, cfg.Duration <= 0:
		return fmt.Errorf("work and duration must be positive")
	}
	return nil
}
