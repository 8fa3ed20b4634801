package conds

import "sync"

// sheet has more fields than writes are followed at a time, and one that is waited for.
type sheet struct {
	mu     sync.Mutex
	filled *sync.Cond
	lines  lines
}

// lines are looked at by who waits, in a method; the last one is what is waited for.
type lines struct {
	a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15, a16 int
	b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14, b15, b16 int
	c00, c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14, c15, c16 int
	d00, d01, d02, d03, d04, d05, d06, d07, d08, d09, d10, d11, d12, d13, d14, d15, d16 int
	last                                                                                bool
}

func (l *lines) sum() int {
	return l.a00 + l.a01 + l.a02 + l.a03 + l.a04 + l.a05 + l.a06 + l.a07 + l.a08 + l.a09 + l.a10 + l.a11 + l.a12 + l.a13 + l.a14 + l.a15 + l.a16 +
		l.b00 + l.b01 + l.b02 + l.b03 + l.b04 + l.b05 + l.b06 + l.b07 + l.b08 + l.b09 + l.b10 + l.b11 + l.b12 + l.b13 + l.b14 + l.b15 + l.b16 +
		l.c00 + l.c01 + l.c02 + l.c03 + l.c04 + l.c05 + l.c06 + l.c07 + l.c08 + l.c09 + l.c10 + l.c11 + l.c12 + l.c13 + l.c14 + l.c15 + l.c16 +
		l.d00 + l.d01 + l.d02 + l.d03 + l.d04 + l.d05 + l.d06 + l.d07 + l.d08 + l.d09 + l.d10 + l.d11 + l.d12 + l.d13 + l.d14 + l.d15 + l.d16
}

// NewSheet makes one.
func NewSheet() *sheet {
	s := &sheet{}
	s.filled = sync.NewCond(&s.mu)
	return s
}

// Wait waits for the last line, and tells of what it comes to meanwhile.
func (s *sheet) Wait(tell func(int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.lines.last {
		tell(s.lines.sum())
		s.filled.Wait()
	}
}

// Fill fills all lines at once, and nobody hears of it.
func (s *sheet) Fill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = lines{last: true} // want wake-missing[breach/warning]
}

// FillAndTell wakes who waits, if it fills anything.
func (s *sheet) FillAndTell(all bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !all {
		return
	}
	s.lines = lines{last: true}
	s.filled.Broadcast()
}
