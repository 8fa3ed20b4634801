package mutant_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

var all = flag.Bool("all", false, "plant every mutant, not only one for each rule and kind of run")

// TestMutants plants mutants and their twins. It writes the table to the file that
// MUTANT_TABLE names. All of them take some minutes, and are for -all.
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
	if !*all {
		mutants = mutant.OnePerRule(mutants)
	}
	rows := mutant.JudgeAll(t.Context(), ".", t.TempDir(), command, mutants, nil)
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
