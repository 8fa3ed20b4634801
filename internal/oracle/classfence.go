package oracle

import "slices"

// taken reports whether somebody waits for a fence that was taken over.
func (o *Outcome) taken(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool { return o.has(opTake, in.object) })
}

// forgotten reports whether reclaim waits for a fence that nobody is left to signal.
func (o *Outcome) forgotten(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool {
		return in.inReclaim() && !o.ahead(d, opFenceSignal, in.object)
	})
}

// unpublished reports whether reclaim waits for a fence that was not published, and only
// who has made it could signal it.
func (o *Outcome) unpublished(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool {
		own := Deadlock{places: slices.DeleteFunc(slices.Clone(d.places), func(p place) bool { return p.code == 0 })}
		return in.inReclaim() && !o.has(opPublish, in.object) && !o.ahead(own, opFenceSignal, in.object)
	})
}

// captured reports whether somebody waits for a fence that was not published, and who has
// made it stands in reclaim, before the only signal.
func (o *Outcome) captured(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool {
		maker := func(p place) bool { return p.code == 0 }
		others := Deadlock{places: slices.DeleteFunc(slices.Clone(d.places), maker)}
		return !o.has(opPublish, in.object) && o.startsOrDoes(d, opFenceSignal, in.object) && !o.startsOrDoes(others, opFenceSignal, in.object) &&
			slices.ContainsFunc(d.places, func(p place) bool { return maker(p) && o.machine().threads[p.code][p.at].inReclaim() })
	})
}
