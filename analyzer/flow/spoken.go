package flow

import (
	"github.com/fencelint/fencelint/analyzer/model"
)

// spoken takes out of the targets of a dynamic call those for which directives speak,
// and returns a call of each: what it does there, its directives say.
func (a *analysis) spoken(c *called) []called {
	var said []called
	var followed []target
	for _, t := range c.targets {
		declared := declaredFunc(t.fn)
		var contract *model.Contract
		if declared != nil {
			contract = a.env.Model.Func(declared)
		}
		if !contract.HasEffects() {
			followed = append(followed, t)
			continue
		}
		one := called{
			site: c.site, common: c.common, contract: contract, name: declared.FullName(),
			args: t.params, param: -1, via: t.via,
		}
		if recv := declared.Signature().Recv(); recv != nil && len(t.params) > 0 {
			one.recv, one.args, one.self = t.params[0], t.params[1:], recv.Type()
		}
		said = append(said, one)
	}
	c.targets = followed
	return said
}

// speak takes the state through what directives say of the targets of a dynamic call.
// It reports whether that is all there is to the call.
func (a *analysis) speak(s *state, c *called) (all bool) {
	said := a.spoken(c)
	for _, one := range said {
		a.effects(s, one)
	}
	return len(said) > 0 && len(c.targets) == 0 && c.param < 0 && c.open == ""
}
