package flow

import (
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// spawn records a go statement.
func (a *analysis) spawn(s *state, instr *ssa.Go) {
	if builtin, ok := instr.Call.Value.(*ssa.Builtin); ok {
		a.builtin(&state{}, instr, builtin) // by itself, with nothing held
		a.passOn(s)
		return
	}
	for _, arg := range instr.Call.Args {
		a.escape(s, arg)
	}
	if closure, ok := instr.Call.Value.(*ssa.MakeClosure); ok {
		for _, binding := range closure.Bindings {
			a.escape(s, binding)
		}
	}
	c := a.resolve(instr)
	if c.contract.HasEffects() {
		// The goroutine is the annotated function itself: its body speaks.
		c.targets = nil
		if fn := instr.Call.StaticCallee(); fn != nil {
			c.targets = a.valueTargets(instr.Call.Value, instr.Call.Args)
		}
	}
	if a.record {
		a.addSpawns(c, summary.Spawn{Kind: summary.Goroutine, Site: a.site(s, instr.Call.Pos(), &instr.Call)})
	}
	a.giveAway(s, c.targets)
}

// addSpawns records a spawn of each group of targets. Where there is none, the spawn
// is of a parameter, or unresolved and then also counted as a call.
func (a *analysis) addSpawns(c called, spawn summary.Spawn) {
	spawn.FromParam = -1
	if spawn.Kind == summary.Goroutine {
		spawn.On = noObject().Object
	}
	for _, group := range groupTargets(c.targets) {
		next := spawn
		for _, t := range group {
			next.Targets = append(next.Targets, a.target(t))
		}
		next.Binds = a.binds(group)
		a.addSpawn(next)
	}
	if c.param >= 0 || len(c.targets) == 0 {
		spawn.FromParam = c.param
		a.addSpawn(spawn)
	}
}

func (a *analysis) addSpawn(spawn summary.Spawn) {
	a.sum.Spawns = append(a.sum.Spawns, spawn)
	a.spawnsAt = append(a.spawnsAt, a.at)
}
