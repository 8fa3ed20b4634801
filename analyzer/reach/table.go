package reach

// Table has something of each state of a space. The zero Table has the zero T of all.
type Table[T any] struct{ of []T }

// Of returns what there is of a state.
func (t *Table[T]) Of(st *State) T {
	if st.id < len(t.of) {
		return t.of[st.id]
	}
	var none T
	return none
}

// At returns where to put what there is of a state. It holds until something is put of another.
func (t *Table[T]) At(st *State) *T {
	if st.id >= len(t.of) {
		t.of = append(t.of, make([]T, max(len(st.space.order), st.id+1)-len(t.of))...)
	}
	return &t.of[st.id]
}

// States is a set of states of one space. The zero States has none.
type States struct{ words []uint64 }

const wordBits = 64

// Has reports whether a state is in the set.
func (s *States) Has(st *State) bool {
	word := st.id / wordBits
	return word < len(s.words) && s.words[word]>>(st.id%wordBits)&1 != 0
}

// Add puts a state into the set, and reports whether it was not there.
func (s *States) Add(st *State) bool {
	if s.Has(st) {
		return false
	}
	word := st.id / wordBits
	if word >= len(s.words) {
		s.words = append(s.words, make([]uint64, max(len(st.space.order)/wordBits, word)+1-len(s.words))...)
	}
	s.words[word] |= 1 << (st.id % wordBits)
	return true
}
