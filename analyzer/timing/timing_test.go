package timing_test

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/timing"
	"github.com/fencelint/fencelint/internal/onefile"
)

const source = `package p

import "time"

type timer struct{}

func (*timer) start(d time.Duration) {}

type config struct{ limit time.Duration }

type queue struct {
	limit, other time.Duration
	timer        *timer
}

func run(q *queue, c config) {
	q.limit = c.limit
	q.timer.start(q.limit)
}

func short() config { return config{limit: time.Second} }

func long(q *queue) { q.limit = time.Minute }

func set(q *queue, d time.Duration) { q.other = d }
`

func read(t *testing.T) *timing.Table {
	t.Helper()
	pkg, _ := onefile.Build(t, "p", source)
	var funcs []*ssa.Function
	for _, member := range pkg.Members {
		if fn, ok := member.(*ssa.Function); ok {
			funcs = append(funcs, fn)
		}
	}
	slices.SortFunc(funcs, func(a, b *ssa.Function) int { return int(a.Pos() - b.Pos()) })
	return timing.Read(pkg.Prog.Fset, funcs, (*ssa.Function).String)
}

func TestTable(t *testing.T) {
	table := read(t)
	starts := table.Starts("p.queue.timer")
	if len(starts) != 1 || starts[0].Name != "start" || starts[0].Func != "p.run" || starts[0].Delay == nil {
		t.Fatalf("the timer is started by %+v", starts)
	}
	if values, open := table.Values(starts[0].Delay); open || !slices.Equal(values, []time.Duration{time.Second, time.Minute}) {
		t.Errorf("the limit is %v, open %v", values, open)
	}
	if values, open := table.Values(&summary.Delay{Field: "p.queue.other"}); !open || len(values) > 0 {
		t.Errorf("the other limit is %v, open %v", values, open)
	}
	if values, open := table.Values(&summary.Delay{Field: "p.queue.nosuch"}); !open || len(values) > 0 {
		t.Errorf("what is set nowhere is %v, open %v", values, open)
	}
}
