package mutant

import (
	"context"
	"fmt"
	"os"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Row is what came out for a mutant: a row of the table.
type Row struct {
	Mutant *Mutant
	// Wrong is what is not as expected, empty when all is.
	Wrong []string
	// TwinNoise is the number of findings on the twin, in both modes.
	TwinNoise int
}

// Judge plants the mutant and its twin, and runs everything on them.
func Judge(ctx context.Context, root string, command fencelint.Command, m *Mutant) (Row, error) {
	row := Row{Mutant: m}
	j := judge{root, command, &row}
	if err := j.plant(ctx, m.Patch, false); err != nil {
		return row, fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	if err := j.plant(ctx, m.Twin, true); err != nil {
		return row, fmt.Errorf("twin of %s: %w", m.Name, err)
	}
	return row, nil
}

type judge struct {
	root    string
	command fencelint.Command
	row     *Row
}

// plant applies a patch to a copy and records what is not as expected.
func (j judge) plant(ctx context.Context, patch string, twin bool) error {
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return fmt.Errorf("make a copy: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := Plant(ctx, j.root, dir, patch); err != nil {
		return err
	}
	for _, mode := range fencelint.Modes() {
		found, err := j.command.Findings(ctx, mode, dir, "./sampledriver/...")
		if err != nil {
			return err
		}
		if !twin {
			j.row.Wrong = append(j.row.Wrong, j.row.Mutant.Expect.Check(mode, found)...)
			continue
		}
		j.row.TwinNoise += len(found)
		for _, f := range found {
			j.row.Wrong = append(j.row.Wrong, fmt.Sprintf("%s: the twin is not clean: %s", mode, f))
		}
	}
	wrong, err := j.row.Mutant.Expect.Dynamic.Simulate(ctx, dir, twin)
	j.row.Wrong = append(j.row.Wrong, wrong...)
	return err
}
