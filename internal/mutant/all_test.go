package mutant_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

// TestMutants plants every mutant and its twin. It writes the table to the file that
// MUTANT_TABLE names.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses and runs the driver twice for each mutant")
	}
	t.Chdir("../..")
	mutants, err := mutant.Load(mutant.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(mutants) == 0 {
		t.Fatal("there are no mutants")
	}
	command, err := fencelint.Build(t.Context(), ".", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var rows []mutant.Row
	benches := make(chan mutant.Bench, 2) // each takes a core
	for range cap(benches) {
		benches <- mutant.Bench{Root: ".", Dir: filepath.Join(t.TempDir(), "driver"), Command: command}
	}
	var workers sync.WaitGroup
	for _, m := range mutants {
		workers.Go(func() {
			bench := <-benches
			defer func() { benches <- bench }()
			row, err := bench.Judge(t.Context(), m)
			if err != nil {
				row.Wrong = append(row.Wrong, err.Error())
			}
			mu.Lock()
			defer mu.Unlock()
			rows = append(rows, row)
		})
	}
	workers.Wait()
	var table strings.Builder
	if err := mutant.Print(&table, rows); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + table.String())
	if name := os.Getenv("MUTANT_TABLE"); name != "" {
		if err := os.WriteFile(name, []byte(table.String()), 0o644); err != nil {
			t.Error(err)
		}
	}
	for _, row := range rows {
		t.Run(row.Mutant.Name, func(t *testing.T) {
			for _, wrong := range row.Wrong {
				t.Error(wrong)
			}
		})
	}
}
