package oracle

import "slices"

// reclaimed reports whether one waits for a channel, a group or a Cond, and another in
// reclaim.
func (o *Outcome) reclaimed(d Deadlock) bool {
	whatever := func(*instruction, place) bool { return true }
	inside := slices.ContainsFunc(d.places, func(p place) bool { return o.machine().threads[p.code][p.at].inReclaim() })
	return inside && (o.waits(d, opWait, whatever) || o.waits(d, opSelect, whatever) || o.waits(d, opParked, whatever))
}

// meanwhile reports whether nobody stands in reclaim, and a deadlock is none without what
// shrinkers and notifiers do: a lock that they have for a moment is found taken, say, or a
// variable changes while they run.
func (o *Outcome) meanwhile(d Deadlock) bool {
	if len(d.Within) > 0 || len(o.Program.Shrinkers) == 0 {
		return false
	}
	without := *o.Program
	without.Shrinkers = nil
	return slices.ContainsFunc([]compileOptions{{variant: true}, {atomic: true, eager: true}}, func(options compileOptions) bool {
		ref, err := explored(&without, options)
		return err == nil && !slices.ContainsFunc(ref.Deadlocks, d.same)
	})
}
