package oracle

import (
	"bytes"
	"slices"
)

// thread is a goroutine in a state: where it is, its registers, and one more number: of
// one that waits on a Cond, whether it was woken; of work, how much is queued before it;
// of a flush, how much it still waits for.
type thread struct {
	code  uint8
	at    uint8
	reg   [registers]uint8
	extra uint8
}

// state is a state of a machine: what its objects are in, which of the unknown values are
// known by now, and its goroutines.
type state struct {
	objects []uint8 // two by object
	known   []uint8 // 0, or one more than the value
	threads []thread
	crashed bool
}

// The two bytes of an object: of a lock that it is held; of an RWMutex the readers and the
// writer, who announces itself before it is in; of a channel what is in it and that it is
// closed; of a fence that it is signalled and, once it was published, who owes it;
// of all others a count.
const (
	announced = 1
	writing   = 2
)

func (m *machine) start() *state {
	s := &state{
		objects: make([]uint8, 2*len(m.objects)),
		known:   make([]uint8, m.program.Unknown+m.program.Counts),
		threads: []thread{{}},
	}
	if m.doubled {
		for code, list := range m.threads {
			if list[0].code != opTurn {
				s.threads = append(s.threads, thread{code: uint8(code)})
			}
		}
	}
	for i, o := range m.objects {
		if m.added && o.Kind == Group {
			*s.value(i) = 1
		}
	}
	return s
}

func (s *state) clone() *state {
	return &state{slices.Clone(s.objects), slices.Clone(s.known), slices.Clone(s.threads), s.crashed}
}

func compareThreads(a, b thread) int {
	x := [...]uint8{a.code, a.at, a.reg[0], a.reg[1], a.reg[2], a.extra}
	y := [...]uint8{b.code, b.at, b.reg[0], b.reg[1], b.reg[2], b.extra}
	return bytes.Compare(x[:], y[:])
}

// key sorts the goroutines of a state, of which none is told apart from one that is at the
// same place, and returns what makes the state different from others.
func (s *state) key(buf []byte) []byte {
	slices.SortFunc(s.threads, compareThreads)
	buf = append(append(buf[:0], s.objects...), s.known...)
	for _, t := range s.threads {
		buf = append(buf, t.code, t.at, t.reg[0], t.reg[1], t.reg[2], t.extra)
	}
	if s.crashed {
		buf = append(buf, 1)
	}
	return buf
}

// value is the first byte of an object.
func (s *state) value(object int) *uint8 { return &s.objects[2*object] }

// mark is the second byte of an object.
func (s *state) mark(object int) *uint8 { return &s.objects[2*object+1] }
