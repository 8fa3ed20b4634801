package explore

import (
	"go/constant"
	"maps"
	"slices"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// scale maps the large numbers of a program to small ones, in their order: a thousand
// goroutines that do the same deadlock like three, and a loop that goes round a hundred
// times does as one that goes round four times, as long as it goes round more often than
// one with fewer rounds.
//
// What depends on how large numbers add up is no more what it was. So where counting
// matters, what is seen with more than one of them does not count.
type scale struct {
	numbers []int64 // ascending
}

// scaleFrom is the least number that is large.
const scaleFrom = 4

// scaled returns a number as it counts under a scale.
func (c *scale) scaled(n int64) int64 {
	if c == nil || n < scaleFrom {
		return n
	}
	i := sort.Search(len(c.numbers), func(i int) bool { return c.numbers[i] >= n })
	return scaleFrom - 1 + int64(i)
}

// counts reports whether numbers still add up.
func (c *scale) counts() bool { return c == nil || len(c.numbers) < 2 }

// scaleOf returns the scale of the large numbers that bound loops, channels and groups in
// a function and what is below it; nil if there are none.
func (x *explorer) scaleOf(fn *ssa.Function) *scale {
	found := map[int64]bool{}
	x.numbers(fn, found, map[*ssa.Function]bool{})
	if len(found) == 0 {
		return nil
	}
	return &scale{slices.Sorted(maps.Keys(found))}
}

func (x *explorer) numbers(fn *ssa.Function, found map[int64]bool, seen map[*ssa.Function]bool) {
	if seen[fn] || !x.follows(fn) {
		return
	}
	seen[fn] = true
	own := x.limitsOf(fn)
	for _, n := range own.numbers {
		found[n] = true
	}
	for _, below := range own.below {
		x.numbers(below, found, seen)
	}
}

// limits are the large numbers in a function that say how often or how many, and the
// functions that it calls or makes values of.
type limits struct {
	numbers []int64
	below   []*ssa.Function
}

func (x *explorer) limitsOf(fn *ssa.Function) *limits {
	own, ok := x.limits[fn]
	if ok {
		return own
	}
	own = new(limits)
	x.limits[fn] = own
	seen := map[*ssa.Function]bool{}
	var operands [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(operands[:0]) {
				switch v := (*op).(type) {
				case *ssa.Function:
					if !seen[v] {
						seen[v] = true
						own.below = append(own.below, v)
					}
				case *ssa.Const:
					if n, ok := asInt(constantOf(v)); ok && n >= scaleFrom && bounds(instr) {
						own.numbers = append(own.numbers, n)
					}
				}
			}
		}
	}
	return own
}

// bounds reports whether a number in an instruction says how often, or how many.
func bounds(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.BinOp:
		return isComparison(instr.Op)
	case *ssa.MakeChan:
		return true
	case *ssa.Call:
		fn := instr.Call.StaticCallee()
		return fn != nil && fn.Name() == "Add" && fn.String() == "(*sync.WaitGroup).Add"
	}
	return false
}

// operand evaluates an operand of an instruction that says how often, or how many.
func (x *explorer) operand(s *state, f *frame, instr ssa.Instruction, v ssa.Value) value {
	got := x.eval(s, f, v)
	if _, written := v.(*ssa.Const); !written || x.scale == nil || !bounds(instr) {
		return got
	}
	if n, ok := asInt(got); ok {
		return literal{constant.MakeInt64(x.scale.scaled(n))}
	}
	return got
}
