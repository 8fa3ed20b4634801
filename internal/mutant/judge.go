package mutant

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Row is what came out for a mutant: a row of the table.
type Row struct {
	Mutant *Mutant
	// Wrong is what is not as expected, empty when all is.
	Wrong []string
	// TwinNoise is the number of findings on the twin, in both modes.
	TwinNoise int
	// Seen is what the modes show of the mutant.
	Seen Seen
}

// Bench is where mutants are judged: one at a time. The copies of all are made in one
// place, because what the go command has in its cache goes by the place too.
type Bench struct {
	Root    string // of the repository
	Dir     string // for the copies
	Command fencelint.Command
}

// Judge plants the mutant and its twin, and runs everything on them.
func (b Bench) Judge(ctx context.Context, m *Mutant) (Row, error) {
	row := Row{Mutant: m}
	if err := b.judge(ctx, &row, m.Patch, false); err != nil {
		return row, fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	if err := b.judge(ctx, &row, m.Twin, true); err != nil {
		return row, fmt.Errorf("twin of %s: %w", m.Name, err)
	}
	return row, nil
}

// judge applies a patch to a copy and records what is not as expected.
func (b Bench) judge(ctx context.Context, row *Row, patch string, twin bool) error {
	if err := os.RemoveAll(b.Dir); err != nil {
		return fmt.Errorf("remove the last copy: %w", err)
	}
	if err := Plant(ctx, b.Root, b.Dir, patch); err != nil {
		return err
	}
	reports := make(map[fencelint.Mode]*fencelint.Report)
	for _, mode := range fencelint.Modes() {
		report, err := b.Command.Report(ctx, mode, b.Dir, "./sampledriver/...")
		if err != nil {
			return err
		}
		reports[mode] = report
		found := report.Findings
		if !twin {
			row.Wrong = append(row.Wrong, row.Mutant.Expect.Check(mode, found)...)
			continue
		}
		row.TwinNoise += len(found)
		for _, f := range found {
			row.Wrong = append(row.Wrong, fmt.Sprintf("%s: the twin is not clean: %s", mode, f))
		}
	}
	seen, differ := see(reports[fencelint.Whole], reports[fencelint.Modular])
	row.Wrong = append(row.Wrong, differ...)
	if !twin {
		row.Seen = seen
	}
	if err := b.timeouts(ctx, row, twin); err != nil {
		return err
	}
	wrong, err := row.Mutant.Expect.Dynamic.Simulate(ctx, b.Dir, twin)
	row.Wrong = append(row.Wrong, wrong...)
	return err
}

// timeouts holds what the audit says of timeouts against what is expected: of the twin,
// which has them, something else.
func (b Bench) timeouts(ctx context.Context, row *Row, twin bool) error {
	want := row.Mutant.Expect.Timeouts
	if len(want) == 0 {
		return nil
	}
	out, err := b.Command.Output(ctx, fencelint.Whole, b.Dir, "audit", "./sampledriver/...")
	if err != nil {
		return err
	}
	for _, fence := range slices.Sorted(maps.Keys(want)) {
		if said := strings.Contains(string(out), "\n  "+fence+": "+want[fence]); said == twin {
			row.Wrong = append(row.Wrong, fmt.Sprintf("audit, of the twin %t: %q said of %s: %t", twin, want[fence], fence, said))
		}
	}
	return nil
}

// cores is how many mutants are judged at a time: each takes about one.
const cores = 2

// JudgeAll judges mutants of the repository at root, with copies below dir, and
// returns their rows in the order of names. What keeps a mutant from being judged is
// part of what is wrong with it. Begin, if not nil, is told of each before.
func JudgeAll(ctx context.Context, root, dir string, command fencelint.Command, mutants []*Mutant, begin func(*Mutant)) []Row {
	rows := make([]Row, len(mutants))
	next := make(chan int)
	var benches sync.WaitGroup
	for i := range cores {
		bench := Bench{Root: root, Dir: filepath.Join(dir, fmt.Sprint("driver", i)), Command: command}
		benches.Go(func() {
			for n := range next {
				row, err := bench.Judge(ctx, mutants[n])
				if err != nil {
					row.Wrong = append(row.Wrong, err.Error())
				}
				rows[n] = row
			}
		})
	}
	for n, m := range mutants {
		if begin != nil {
			begin(m)
		}
		next <- n
	}
	close(next)
	benches.Wait()
	return rows
}

// OnePerRule returns the first mutant of each rule and kind of run.
func OnePerRule(mutants []*Mutant) []*Mutant {
	type kind struct {
		rule string
		run  Kind
	}
	var seen []kind
	return slices.DeleteFunc(slices.Clone(mutants), func(m *Mutant) bool {
		k := kind{m.Expect.Finding.Rule, m.Expect.Dynamic.Kind}
		known := slices.Contains(seen, k)
		seen = append(seen, k)
		return known
	})
}
