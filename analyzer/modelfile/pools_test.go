package modelfile_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
)

var wanted = regexp.MustCompile(`// want (\S+)`)

// TestPools looks for deadlocks in code that uses what the shipped models speak of, and
// holds the models to the versions that it uses.
func TestPools(t *testing.T) {
	program, err := load.Load(context.Background(), load.Options{Dir: "testdata/pools"}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range analyzer.CheckModels(program.Named, nil) {
		t.Errorf("%s:%d: %s", p.Pos.File, p.Pos.Line, p.Message)
	}
	var got []string
	for _, f := range roster.Findings(analyzer.Whole(program.Named, analyzer.Options{}), nil, time.Now()) {
		got = append(got, fmt.Sprintf("%s:%d: %s", filepath.Base(f.Pos.File), f.Pos.Line, f.Rule))
	}
	text, err := os.ReadFile("testdata/pools/pools.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i, line := range strings.Split(string(text), "\n") {
		if m := wanted.FindStringSubmatch(line); m != nil {
			want = append(want, fmt.Sprintf("pools.go:%d: %s", i+1, m[1]))
		}
	}
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
