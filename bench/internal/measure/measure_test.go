package measure

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/internal/usage"
)

// contender exits with the status that its round has, and notes when it runs.
func contender(name string, order *[]string, status func(round int) string) Contender {
	return Contender{Name: name, Finds: []int{1}, Command: func(ctx context.Context, round int) (*exec.Cmd, error) {
		*order = append(*order, name)
		return exec.CommandContext(ctx, "sh", "-c", "exit "+status(round)), nil
	}}
}

func TestRun(t *testing.T) {
	var order []string
	clean := func(int) string { return "0" }
	finds := func(int) string { return "1" }
	fails := func(round int) string {
		if round == 2 {
			return "2"
		}
		return "0"
	}
	series, err := Run(t.Context(), 3, Limits{}, []Contender{
		contender("a", &order, clean), contender("b", &order, finds), contender("c", &order, fails),
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "a b c b c a a b"; strings.Join(order, " ") != want {
		t.Errorf("ran %s, want %s: each round begins with another one, and what failed is not run again", order, want)
	}
	var rounds []int
	for _, s := range series {
		rounds = append(rounds, len(s.Took))
	}
	if want := []int{3, 3, 1}; !slices.Equal(rounds, want) {
		t.Errorf("rounds %v, want %v", rounds, want)
	}
	if series[0].Err != nil || series[1].Err != nil || series[2].Err == nil {
		t.Errorf("errors %v, %v, %v; want one of the third alone", series[0].Err, series[1].Err, series[2].Err)
	}
}

// TestIncomplete tells a run that printed what it could from one that failed.
func TestIncomplete(t *testing.T) {
	run := func(script string) Series {
		series, err := Run(t.Context(), 1, Limits{}, []Contender{{Name: "x", Incomplete: 2, Command: func(ctx context.Context, _ int) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, "sh", "-c", script), nil
		}}})
		if err != nil {
			t.Fatal(err)
		}
		return series[0]
	}
	if s := run("echo found; exit 2"); s.Err != nil || !s.Incomplete {
		t.Errorf("printed something: %+v", s)
	}
	if s := run("exit 2"); s.Err == nil {
		t.Errorf("printed nothing: %+v", s)
	}
	if s := run("echo found"); s.Err != nil || s.Incomplete {
		t.Errorf("analysed everything: %+v", s)
	}
}

func TestRunCannotStart(t *testing.T) {
	missing := errors.New("not there")
	series, err := Run(t.Context(), 2, Limits{}, []Contender{
		{Name: "a", Command: func(context.Context, int) (*exec.Cmd, error) { return nil, missing }},
		{Name: "b", Command: func(ctx context.Context, _ int) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, "/no/such/program"), nil
		}},
	})
	if err != nil || !errors.Is(series[0].Err, missing) || series[1].Err == nil {
		t.Errorf("got %v, errors %v and %v", err, series[0].Err, series[1].Err)
	}
}

// TestLimits holds a command and what it starts to the limits.
func TestLimits(t *testing.T) {
	run := func(limits Limits, script string) error {
		series, err := Run(t.Context(), 1, limits, []Contender{{Name: "x", Command: func(ctx context.Context, _ int) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, "sh", "-c", script), nil
		}}})
		if err != nil {
			t.Fatal(err)
		}
		return series[0].Err
	}
	if err := run(Limits{Time: time.Millisecond}, "sleep 100 & wait"); err == nil || !strings.Contains(err.Error(), "took more than 1ms") {
		t.Errorf("a command that is too slow: error %v", err)
	}
	if err := run(Limits{Memory: 1 << 30}, `test "$(ulimit -v)" = 1048576`); err != nil {
		t.Errorf("the limit of memory is not what was asked for: %v", err)
	}
}

func TestFigures(t *testing.T) {
	series := func(seconds ...int) *Series {
		s := new(Series)
		for _, n := range seconds {
			s.Took = append(s.Took, usage.Usage{Wall: time.Duration(n) * time.Second, CPU: time.Duration(2*n) * time.Second, Memory: int64(3 * n)})
		}
		return s
	}
	floor, mine := series(2, 10, 4, 4, 1), series(4, 11, 12, 8)
	for name, test := range map[string]struct{ got, want float64 }{
		"median":              {floor.Median(Wall), 4},
		"median of processor": {floor.Median(CPU), 8},
		"median of memory":    {floor.Median(Memory), 12},
		"median of four":      {mine.Median(Wall), 9.5},
		"ratio round by round, of the rounds that both have": {mine.Over(floor, Wall), 2},
		"difference round by round":                          {mine.Beyond(floor, Wall), 3},
		"median of none":                                     {new(Series).Median(Wall), 0},
		"ratio of none":                                      {new(Series).Over(floor, Wall), 0},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %v, want %v", name, test.got, test.want)
		}
	}
	if shortest, longest := floor.Spread(); shortest != time.Second || longest != 10*time.Second {
		t.Errorf("spread %v to %v, want 1s to 10s", shortest, longest)
	}
}

func TestPrint(t *testing.T) {
	took := func(wall, cpu time.Duration, memory int64) usage.Usage {
		return usage.Usage{Wall: wall * time.Second, CPU: cpu * time.Second, Memory: memory}
	}
	var b strings.Builder
	Print(&b, []Series{
		{Name: "floor", Took: []usage.Usage{took(2, 3, 4e6), took(4, 6, 4e6)}},
		{Name: "tool", Took: []usage.Usage{took(3, 6, 8e6)}, Err: errors.New("took more than 5s\nmore")},
		{Name: "other", Err: errors.New("a|b")},
	})
	const want = `| | wall, s | CPU, s | memory, MB | wall / first | CPU / first | memory / first | wall from - to, s |
|---|---|---|---|---|---|---|---|
| floor | 3.00 | 4.50 | 4 | | | | 2.00 - 4.00 |
| tool | 3.00 | 6.00 | 8 | 1.50 | 2.00 | 2.00 | 3.00 - 3.00; 1 rounds, then: took more than 5s |
| other | | | | | | | a\|b |
`
	if b.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", b.String(), want)
	}
}
