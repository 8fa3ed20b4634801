package timing

import (
	"cmp"
	"go/token"
	"math"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Start is a call that starts what a field holds.
type Start struct {
	Func string // the key of the function that makes the call
	Name string // of what it calls
	Pos  model.Pos
	// Delay is after how long what was started comes, nil for at once.
	Delay *summary.Delay
}

// Table is what a program starts, and where it keeps durations.
type Table struct {
	starts map[string][]Start          // by the field that holds what is started
	stores map[string][]*summary.Delay // by the field that is set
}

// Read reads the table from the functions of a program. Functions have the keys that
// key returns.
func Read(fset *token.FileSet, funcs []*ssa.Function, key func(*ssa.Function) string) *Table {
	t := &Table{starts: make(map[string][]Start), stores: make(map[string][]*summary.Delay)}
	for _, fn := range funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				switch instr := instr.(type) {
				case ssa.CallInstruction:
					at := fset.Position(instr.Pos())
					t.call(instr.Common(), Start{Func: key(fn), Pos: model.Pos{File: at.Filename, Line: at.Line, Col: at.Column}})
				case *ssa.Store:
					if name := Field(instr.Addr); name != "" && isDuration(instr.Val.Type()) {
						t.stores[name] = append(t.stores[name], of(instr.Val))
					}
				}
			}
		}
	}
	// The order of positions depends on which file was parsed first.
	for _, starts := range t.starts {
		slices.SortStableFunc(starts, func(a, b Start) int {
			return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
		})
	}
	return t
}

// call notes what a call may start: whatever it is handed that a field holds.
func (t *Table) call(common *ssa.CallCommon, start Start) {
	args := common.Args
	if common.IsInvoke() {
		args = append([]ssa.Value{common.Value}, args...)
	}
	start.Delay, start.Name = Among(args), name(common)
	for _, arg := range args {
		if name := HeldIn(arg); name != "" && !isDuration(arg.Type()) {
			t.starts[name] = append(t.starts[name], start)
		}
	}
}

func name(common *ssa.CallCommon) string {
	if common.IsInvoke() {
		return common.Method.Name()
	}
	return common.Value.Name()
}

// Starts returns the calls that are handed what a field holds, by position.
func (t *Table) Starts(field string) []Start { return t.starts[field] }

// Values returns the constants that a delay can be, sorted, and whether it can be
// something else: what is chosen when the program runs.
func (t *Table) Values(d *summary.Delay) (values []time.Duration, open bool) {
	seen := make(map[string]bool)
	var add func(d *summary.Delay)
	add = func(d *summary.Delay) {
		switch {
		case d.Known:
			values = append(values, time.Duration(d.Value))
		case d.Field == "" || len(t.stores[d.Field]) == 0:
			open = true
		case !seen[d.Field]:
			seen[d.Field] = true
			for _, stored := range t.stores[d.Field] {
				add(stored)
			}
		}
	}
	add(d)
	slices.Sort(values)
	return slices.Compact(values), open
}

// Never reports whether a delay is so long that what comes after it never comes.
func Never(d time.Duration) bool { return d >= math.MaxInt64/2 }
