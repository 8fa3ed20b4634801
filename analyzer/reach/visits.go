package reach

import "github.com/fencelint/fencelint/analyzer/model"

// visit is what a walk comes to: a state, and what else matters of the way there.
type visit struct {
	state *State
	scope model.Context
	only  uint64
	// inlined tells the body of a function from its copy in a caller.
	inlined bool
}

// plain reports whether nothing but the state matters.
func (v visit) plain() bool { return v.scope == 0 && v.only == 0 && !v.inlined }

// never is the cost of a way that there is not.
const never = ^cost(0)

// visits are the costs of the best ways that there are to what is to be visited.
type visits struct {
	room  *room
	other map[visit]cost
}

// room has the costs of ways where nothing but the state matters, which is so of most: of those
// that there are, what they are less than never. It is as large as there are states, so that one
// walk leaves it to the next.
type room struct {
	less Table[cost]
	to   []*State
}

func (v *visits) open(s *Space) {
	v.room, _ = s.rooms.Get().(*room)
	if v.room == nil {
		v.room = &room{}
	}
}

func (v *visits) close(s *Space) {
	for _, st := range v.room.to {
		*v.room.less.At(st) = 0
	}
	v.room.to = v.room.to[:0]
	s.rooms.Put(v.room)
	v.room = nil
}

// of returns the cost of the best way that there is.
func (v *visits) of(to visit) cost {
	if to.plain() {
		return never - v.room.less.Of(to.state)
	}
	if c, ok := v.other[to]; ok {
		return c
	}
	return never
}

func (v *visits) set(to visit, c cost) {
	if !to.plain() {
		if v.other == nil {
			v.other = map[visit]cost{}
		}
		v.other[to] = c
		return
	}
	at := v.room.less.At(to.state)
	if *at == 0 {
		v.room.to = append(v.room.to, to.state)
	}
	*at = never - c
}
