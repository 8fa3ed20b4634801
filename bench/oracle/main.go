// Command oracle makes random programs of which it is known which deadlocks they have,
// and says which of those fencelint finds, which it misses and why, and what it finds that
// is not there.
//
//	go run ./bench/oracle -n 20000
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/internal/oracle"
)

func main() { command.Main("oracle", run) }

func run(ctx context.Context) error {
	n := flag.Uint64("n", 20000, "how many programs")
	from := flag.Uint64("from", 0, "the first one")
	seed := flag.Uint64("seed", 1, "what they are made from")
	workers := flag.Int("workers", runtime.GOMAXPROCS(0), "how many are looked at side by side")
	show := flag.String("show", "", "print programs with an `outcome`: missed, false, open (what falls under no assumption), unclassified (what of that is missed) or all")
	keep := flag.String("keep", "", "write what is printed into a `directory` too, for the tests of internal/oracle")
	most := flag.Int("most", 10, "how many programs are printed")
	small := flag.Bool("shrink", false, "print what is left of them when all is taken out that need not be there")
	flag.Parse()
	debug.SetGCPercent(400)

	start := time.Now()
	tally, err := oracle.Run(ctx, oracle.Options{Seed: *seed, From: *from, N: *n, Workers: *workers, Show: func(n uint64, o *oracle.Outcome) {
		wanted := *show == "all" || *show == "missed" && len(o.Missed) > 0 || *show == "false" && len(o.False) > 0 || *show == "open" && o.Open() ||
			*show == "unclassified" && slices.ContainsFunc(o.Missed, func(m oracle.Miss) bool { return m.Class == "" })
		if wanted && *most > 0 {
			*most--
			o = smallest(o, *small)
			fmt.Printf("== program %d of seed %d\n%s\n", n, *seed, o)
			if err := write(*keep, fmt.Sprintf("seed%d-%d.json", *seed, n), o.Program); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}})
	if err != nil {
		return err
	}
	tally.Print(os.Stdout)
	wall, cpu := time.Since(start), used()
	fmt.Printf("\n%.0f s, %.0f s of CPU, %.1f ms of CPU a program\n", wall.Seconds(), cpu.Seconds(), 1000*cpu.Seconds()/float64(max(1, tally.Programs)))
	if n := tally.Unclassified(); n > 0 {
		return fmt.Errorf("%d deadlocks are missed that fall under no assumption of docs/limits.md", n)
	}
	return nil
}

// write writes a program into a directory, if there is one.
func write(dir, name string, p *oracle.Program) error {
	if dir == "" {
		return nil
	}
	text, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		return fmt.Errorf("encode a program: %w", err)
	}
	return os.WriteFile(filepath.Join(dir, name), append(text, '\n'), 0o644)
}

// smallest shrinks the program of an outcome, if that is wanted: as long as as much of the
// same kind is wrong with it.
func smallest(o *oracle.Outcome, wanted bool) *oracle.Outcome {
	checker, err := oracle.NewChecker()
	if err != nil || !wanted {
		return o
	}
	oracle.Shrink(o.Program, func(p *oracle.Program) bool {
		smaller, err := checker.Look(p)
		if err != nil || !smaller.Like(o) {
			return false
		}
		o = smaller
		return true
	})
	return o
}

// used is the time of all processors that the process has used.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
