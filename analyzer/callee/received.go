package callee

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/fencelint/fencelint/analyzer/model"
)

// sent is one value sent on a channel.
type sent struct {
	owner types.Object // the field or variable that holds the channel, nil if it is neither
	value ssa.Value    // nil where the sending code does not say what it is
}

// received resolves the calls of what came out of a channel with the two-valued
// receive that a range loop also makes: VTA loses what flows through its pair.
type received struct {
	prog *ssa.Program
	sent typeutil.Map // element type -> []sent
}

func newReceived(prog *ssa.Program, funcs map[*ssa.Function]bool) *received {
	r := &received{prog: prog}
	for fn := range funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				switch instr := instr.(type) {
				case *ssa.Send:
					r.send(instr.Chan, instr.X)
				case *ssa.Select:
					for _, state := range instr.States {
						if state.Dir == types.SendOnly {
							r.send(state.Chan, state.Send)
						}
					}
				}
			}
		}
	}
	return r
}

func (r *received) send(ch, value ssa.Value) {
	elem := model.ElementOf(ch.Type())
	if elem == nil {
		return
	}
	all, _ := r.sent.At(elem).([]sent)
	switch value.(type) {
	case *ssa.Const:
		return
	case *ssa.MakeInterface, *ssa.MakeClosure, *ssa.Function:
	default:
		value = nil
	}
	r.sent.Set(elem, append(all, sent{owner(ch), value}))
}

// owner returns the field or package variable that a channel was loaded from.
func owner(ch ssa.Value) types.Object {
	load, ok := ch.(*ssa.UnOp)
	if !ok {
		return nil
	}
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		if f := Field(addr); f != nil {
			return f
		}
	case *ssa.Global:
		return addr.Object()
	}
	return nil
}

// on returns what may be sent on a channel: on the same field or variable, or on what
// may be it.
func (r *received) on(ch ssa.Value) []sent {
	elem := model.ElementOf(ch.Type())
	if elem == nil {
		return nil
	}
	all, _ := r.sent.At(elem).([]sent)
	mine := owner(ch)
	if mine == nil || !slices.ContainsFunc(all, func(s sent) bool { return s.owner == mine }) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(s sent) bool { return s.owner != nil && s.owner != mine })
}

// callees returns what a call of a value received in pairs may reach, and whether that
// is all.
func (r *received) callees(call *ssa.CallCommon) (fns []*ssa.Function, all bool) {
	pair, ok := call.Value.(*ssa.Extract)
	if !ok || pair.Index != 0 {
		return nil, false
	}
	receive, ok := pair.Tuple.(*ssa.UnOp)
	if !ok || receive.Op != token.ARROW {
		return nil, false
	}
	all = true
	for _, s := range r.on(receive.X) {
		switch v := s.value.(type) {
		case nil:
			all = false
		case *ssa.Function:
			fns = append(fns, v)
		case *ssa.MakeClosure:
			fns = append(fns, v.Fn.(*ssa.Function))
		case *ssa.MakeInterface:
			if fn := r.prog.LookupMethod(v.X.Type(), call.Method.Pkg(), call.Method.Name()); fn != nil {
				fns = append(fns, fn)
			}
		}
	}
	return make(names).ordered(fns), all && len(fns) > 0
}
