package clause

import "github.com/fencelint/fencelint/analyzer/model"

// contradicts reports an effect that the contract has already, or that cannot be
// true beside one that it has.
func (c Clause) contradicts(contract *model.Contract, e model.Effect) *Error {
	for _, old := range contract.Effects {
		switch {
		case old.Kind == e.Kind && old.X == e.X && old.Flags == e.Flags && old.Until == e.Until &&
			(e.Contexts == 0 || e.Kind == model.Calls || old.Contexts.Any(e.Contexts)):
			return c.errorf(c.Word, "%s is said twice of the same", c.Word.Text)
		case opposite(old, e, model.Enters, model.Leaves) && old.Contexts.Any(e.Contexts):
			return c.errorf(c.Word, "enters and leaves %s contradict each other", old.Contexts&e.Contexts)
		case opposite(old, e, model.Signals, model.Takes) && old.X == e.X:
			return c.errorf(c.Word, "signals and takes contradict each other: what is signalled leaves no duty to take over")
		}
	}
	return nil
}

func opposite(a, b model.Effect, x, y model.EffectKind) bool {
	return a.Kind == x && b.Kind == y || a.Kind == y && b.Kind == x
}
