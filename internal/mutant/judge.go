package mutant

import (
	"context"
	"fmt"
	"os"
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
func (t Tools) Judge(ctx context.Context, m *Mutant) (Row, error) {
	row := Row{Mutant: m}
	if err := t.judge(ctx, &row, m.Patch, false); err != nil {
		return row, fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	if err := t.judge(ctx, &row, m.Twin, true); err != nil {
		return row, fmt.Errorf("twin of %s: %w", m.Name, err)
	}
	return row, nil
}

func (t Tools) judge(ctx context.Context, row *Row, patch string, twin bool) error {
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return fmt.Errorf("make a copy: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := Plant(ctx, t.Root, dir, patch); err != nil {
		return err
	}
	for _, mode := range Modes() {
		found, err := t.Analyze(ctx, mode, dir)
		if err != nil {
			return err
		}
		if !twin {
			row.Wrong = append(row.Wrong, row.Mutant.Expect.Check(mode, found)...)
			continue
		}
		row.TwinNoise += len(found)
		for _, f := range found {
			row.Wrong = append(row.Wrong, fmt.Sprintf("%s: the twin is not clean: %s", mode, f))
		}
	}
	wrong, err := row.Mutant.Expect.Dynamic.Simulate(ctx, dir, twin)
	row.Wrong = append(row.Wrong, wrong...)
	return err
}
