package explore

import "golang.org/x/tools/go/ssa"

// newContext returns a context that can be cancelled, and its Done channel.
func (x *explorer) newContext(s *state, parent value, at ssa.Instruction) (ctx, done int) {
	ctx = s.allocate(contextObject, at)
	done = s.allocate(channelObject, at)
	s.object(done).lasting = true
	s.object(ctx).cells.put("done", channel{done})
	b, ok := s.settled(parent).(boxed)
	p, known := b.v.(pointer)
	if !ok || b.typ != nil || !known {
		s.object(done).outside = true // cancelled with a parent that is not known
		return ctx, done
	}
	switch above := s.object(p.object).cells.at("done").(type) {
	case channel:
		o := s.object(above.object)
		s.object(done).outside, s.object(done).closed = o.outside, o.closed
		outer := s.writable(p.object)
		outer.keys = append(outer.keys, pointer{ctx, ""})
	case null:
	default:
		s.object(done).outside = true
	}
	return ctx, done
}

// cancelContext closes the Done channel of a context and of those made from it.
func (x *explorer) cancelContext(s *state, ctx int) {
	o := s.object(ctx)
	if done, ok := o.cells.at("done").(channel); ok && !s.object(done.object).closed {
		s.writable(done.object).closed = true
	}
	for _, child := range o.keys {
		x.cancelContext(s, child.(pointer).object)
	}
}

// contextMethod evaluates a method of a context.
func (x *explorer) contextMethod(s *state, ctx int, inv invocation) value {
	done := s.object(ctx).cells.at("done")
	switch inv.method {
	case "Done":
		return done
	case "Err":
		if ch, ok := done.(channel); ok {
			switch o := s.object(ch.object); {
			case o.closed:
				v := s.fresh().(unknown)
				s.change(v).notNil = true
				return v
			case o.outside:
				return s.fresh()
			}
		}
		return null{}
	}
	return s.unknownResult(inv.common.Signature().Results())
}

// unknownContext evaluates a method of a context of which nothing is known: its Done channel
// is one, and there is an error once that was found closed.
func (s *state) unknownContext(inv invocation) (value, bool) {
	ctx, ok := s.settled(inv.fn).(unknown)
	if !ok {
		return nil, false
	}
	done := s.derived("Done", ctx)
	switch inv.common.Method.FullName() {
	case "(context.Context).Done":
		s.lasting(done)
		return done, true
	case "(context.Context).Err":
		err := s.fresh().(unknown)
		if id := s.lasting(done); id != 0 { // or there is no channel, as somebody has asked
			s.change(err).notNil = s.object(id).closed
		}
		return err, true
	}
	return nil, false
}

// lasting has a channel that is not known be one that nobody sends to, and returns what it is.
func (s *state) lasting(ch value) int {
	id := s.channelOf(ch)
	if id != 0 && s.object(id).outside && !s.object(id).lasting {
		s.writable(id).lasting = true
	}
	return id
}
