package gfp

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// Saved is the state of a scope before it was entered; restoring puts it back, so
// that scopes nest.
type Saved struct{ in bool }

// SaveNoFS begins a scope in which every allocation of t is [NoFS] at most.
//
//fencelint:enters nofs
func SaveNoFS(t *sim.Task) Saved { return save(t, sim.ScopeNoFS) }

// RestoreNoFS ends what SaveNoFS began.
//
//fencelint:leaves nofs
func RestoreNoFS(t *sim.Task, s Saved) { restore(t, sim.ScopeNoFS, s) }

// SaveNoIO begins a scope in which every allocation of t is [NoIO] at most.
//
//fencelint:enters noio
func SaveNoIO(t *sim.Task) Saved { return save(t, sim.ScopeNoIO) }

// RestoreNoIO ends what SaveNoIO began.
//
//fencelint:leaves noio
func RestoreNoIO(t *sim.Task, s Saved) { restore(t, sim.ScopeNoIO, s) }

// SaveNoReclaim begins a scope in which no allocation of t reclaims; they use the
// reserves instead.
//
//fencelint:enters noreclaim
func SaveNoReclaim(t *sim.Task) Saved { return save(t, sim.ScopeNoReclaim) }

// RestoreNoReclaim ends what SaveNoReclaim began.
//
//fencelint:leaves noreclaim
func RestoreNoReclaim(t *sim.Task, s Saved) { restore(t, sim.ScopeNoReclaim, s) }

func save(t *sim.Task, scope sim.Scope) Saved {
	s := Saved{in: t.Scope()&scope != 0}
	t.SetScope(t.Scope() | scope)
	return s
}

func restore(t *sim.Task, scope sim.Scope, s Saved) {
	if !s.in {
		t.SetScope(t.Scope() &^ scope)
	}
}
