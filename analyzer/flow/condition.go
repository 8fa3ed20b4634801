package flow

import (
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
)

// readConditions finds the conditions that are worth knowing about: those that several
// branches ask, parameters, alone or with others, and variables that were set to constants
// on the way. What was deferred on one way only is one of its own.
func (a *analysis) readConditions() {
	a.conditions = make(map[string]*condition)
	a.asked = make(map[string]bool)
	once := make(map[string]bool)
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.If:
				cond, _ := stripNot(instr.Cond)
				c, _ := a.conditionOf(cond)
				_, phi := cond.(*ssa.Phi)
				if once[c.key] || c.param >= 0 || phi || asksExit(cond) {
					a.asked[c.key] = true
				}
				once[c.key] = true
				for _, taken := range [...]bool{true, false} {
					for part := range a.conjuncts(instr.Cond, taken) {
						part, _ = stripNot(part)
						if c, _ := a.conditionOf(part); c.param >= 0 {
							a.asked[c.key] = true
						}
					}
				}
			case *ssa.Defer:
				a.asked[a.deferral(instr).key] = true
			}
		}
	}
}

// decision is the condition that a bool value is, and whether the one is true when the other
// is.
type decision struct {
	cond *condition
	same bool
}

// conditionOf returns the condition that a bool value is, and whether the one is true
// when the other is.
func (a *analysis) conditionOf(v ssa.Value) (c *condition, same bool) {
	d, known := a.decisions[v]
	if !known {
		d.cond, d.same = a.spellCondition(v)
		a.decisions[v] = d
	}
	return d.cond, d.same
}

func (a *analysis) spellCondition(v ssa.Value) (c *condition, same bool) {
	cmp, ok := v.(*ssa.BinOp)
	if !ok {
		key, deps, param := a.operand(v)
		return a.condition(key, deps, param), true
	}
	op, same := cmp.Op, true
	switch op {
	case token.NEQ:
		op, same = token.EQL, false
	case token.GEQ:
		op, same = token.LSS, false
	case token.GTR:
		op, same = token.LEQ, false
	case token.EQL, token.LSS, token.LEQ:
	default:
		return a.condition(v.Name(), []ssa.Value{v}, -1), true
	}
	x, depsX, _ := a.operand(cmp.X)
	y, depsY, _ := a.operand(cmp.Y)
	if op == token.EQL && isConst(cmp.Y) {
		return a.equal(x, y, depsX), same
	}
	return a.condition(x+op.String()+y, append(depsX, depsY...), -1), same
}

// equal is the condition that what is spelled x is a constant.
func (a *analysis) equal(x, constant string, deps []ssa.Value) *condition {
	c := a.condition(x+token.EQL.String()+constant, deps, -1)
	c.of = x
	return c
}

func isConst(v ssa.Value) bool { _, ok := v.(*ssa.Const); return ok }

// condition returns the one condition that is spelled so.
func (a *analysis) condition(key string, deps []ssa.Value, param int) *condition {
	c := a.conditions[key]
	if c == nil {
		c = &condition{key: key, deps: deps, param: param}
		a.conditions[key] = c
	}
	return c
}

// operand spells a value that a condition is about: the same where another look sees the
// same value.
func (a *analysis) operand(v ssa.Value) (key string, deps []ssa.Value, param int) {
	v = a.through(v)
	switch x := v.(type) {
	case *ssa.Const:
		return x.String(), nil, -1
	case *ssa.Parameter:
		return x.Name(), []ssa.Value{x}, a.truthParam(x)
	case *ssa.UnOp:
		if x.Op != token.MUL {
			break
		}
		if free, ok := x.X.(*ssa.FreeVar); ok && capture.SetOnce(free) {
			return free.Name(), nil, a.truthParam(free)
		}
		if _, ok := x.X.(*ssa.FieldAddr); ok {
			return a.steady(x)
		}
	}
	return v.Name(), []ssa.Value{v}, -1
}

// truthParam returns the index of a bool parameter or captured variable, -1 for others.
func (a *analysis) truthParam(v ssa.Value) int {
	if !isBool(deref(v.Type())) {
		return -1
	}
	return a.paramIndex(v)
}

// steady spells a field that the function does not store to.
func (a *analysis) steady(load *ssa.UnOp) (key string, deps []ssa.Value, param int) {
	p := a.place(load)
	if !p.known() || len(p.steps) == 0 {
		return load.Name(), []ssa.Value{load}, -1
	}
	for _, s := range p.steps {
		if s.field == nil || s.at != nil || a.stored[keyOf(s)] {
			return load.Name(), []ssa.Value{load}, -1
		}
	}
	return p.instance(), []ssa.Value{p.base}, -1
}

// deferral is the condition that a call has been deferred.
func (a *analysis) deferral(d *ssa.Defer) *condition {
	index := slices.Index(d.Block().Instrs, ssa.Instruction(d))
	return a.condition("defer "+strconv.Itoa(d.Block().Index)+"."+strconv.Itoa(index), nil, -1)
}
