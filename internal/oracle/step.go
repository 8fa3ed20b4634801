package oracle

// at returns the instruction that a goroutine is at.
func (m *machine) at(t thread) *instruction { return &m.threads[t.code][t.at] }

// silent reports whether nobody can see when an instruction happens in a state; of one that
// is atomic, whether it is none at which goroutines change places.
func (m *machine) silent(s *state, in *instruction) bool {
	if m.passes(in) {
		return true
	}
	switch in.code {
	case opJump, opSet, opNext:
		return true
	case opFenceSignal:
		return m.eager
	case opUnlock, opReadUnlock:
		return m.eager && !m.tries && *s.value(in.object) > 0
	case opWriteUnlock:
		return m.eager && !m.tries && *s.mark(in.object) == writing
	case opIf, opIfFlag, opSetFlag, opGo, opAlloc, opSleep, opPublish, opTake, opPut:
		return m.atomic
	case opAdd:
		return m.joined && (m.ends[in.stmt] || in.stmt != nil && in.stmt.Op == GroupGo) ||
			m.eager && in.n < 0 && *s.value(in.object) > 0
	case opPush, opTurn, opWorked:
		return m.atomic && m.objects[in.object].Kind == Unordered
	}
	return false
}

// passes reports whether an instruction is nothing, because there is always a slot in a
// pool, and an annotated lock keeps nobody out.
func (m *machine) passes(in *instruction) bool {
	switch in.code {
	case opGet, opPut:
		return m.roomy
	case opLock, opUnlock:
		return m.roomy && m.objects[in.object].Kind == Spin
	}
	return false
}

// successor is called with a state that another leads to, and the goroutine that moved
// besides the one whose turn it was; -1 for none.
type successor func(n *state, partner int)

// step calls next with every state that goroutine i of a state can lead to by its next
// instruction. The states are new.
func (m *machine) step(s *state, i int, next successor) {
	in := m.at(s.threads[i])
	switch in.code {
	case opSelect:
		m.communicate(s, i, in, next)
		return
	case opIf, opCount, opChoose:
		m.decide(s, i, in, next)
		return
	case opWake:
		m.wake(s, i, in, next)
		return
	}
	if !m.ready(s, s.threads[i], in) {
		return
	}
	n := s.clone()
	m.perform(n, i, in)
	next(n, -1)
}

// ready reports whether an instruction can be performed now.
func (m *machine) ready(s *state, t thread, in *instruction) bool {
	switch in.code {
	case opLock:
		return *s.value(in.object) == 0
	case opAnnounce, opReadLock:
		return *s.mark(in.object) == 0
	case opWriteLock:
		return *s.value(in.object) == 0
	case opWait:
		return *s.value(in.object) == 0
	case opParked:
		return t.extra == 1
	case opFenceWait:
		return *s.value(in.object) == 1
	case opGet:
		return int(*s.value(in.object)) < m.objects[in.object].Size
	case opTurn:
		return t.extra == 0 || m.objects[in.object].Kind == Unordered
	case opFlushing:
		return t.extra == 0
	}
	return true
}

// perform changes a state by an instruction of goroutine i.
func (m *machine) perform(s *state, i int, in *instruction) {
	t := &s.threads[i]
	t.at++
	if m.passes(in) {
		return
	}
	switch in.code {
	case opIf:
		if s.known[in.n] == 1 {
			t.at = uint8(in.other)
		}
	case opLock:
		*s.value(in.object) = 1
	case opUnlock, opPark:
		lock := in.object
		if in.code == opPark {
			lock, t.extra = in.second, 0
		}
		s.crashed = s.crashed || *s.value(lock) == 0
		*s.value(lock) = 0
	case opAnnounce:
		*s.mark(in.object) = announced
	case opWriteLock:
		*s.mark(in.object) = writing
	case opWriteUnlock:
		s.crashed = s.crashed || *s.mark(in.object) != writing
		*s.mark(in.object) = 0
	case opReadLock:
		*s.value(in.object)++
	case opReadUnlock:
		s.take(in.object)
	case opTryLock:
		if *s.value(in.object) != 0 || *s.mark(in.object) != 0 {
			t.at = uint8(in.other)
		} else if m.objects[in.object].Kind == RWMutex {
			*s.mark(in.object) = writing
		} else {
			*s.value(in.object) = 1
		}
	case opClose:
		s.crashed = s.crashed || *s.mark(in.object) == 1
		*s.mark(in.object) = 1
	case opAdd:
		if in.n < 0 {
			s.take(in.object)
		} else {
			*s.value(in.object) += uint8(in.n)
		}
	case opParked:
		t.extra = 0
	case opIfFlag:
		if *s.value(in.object) == 0 {
			t.at = uint8(in.other)
		}
	case opSetFlag:
		*s.value(in.object) = 1
	case opWakeAll:
		for j := range s.threads {
			if w := m.at(s.threads[j]); w.code == opParked && w.object == in.object {
				s.threads[j].extra = 1
			}
		}
	case opFenceSignal:
		*s.value(in.object) = 1
		s.discharge(in.object, t)
	case opPublish:
		*s.mark(in.object) = t.code + 1
	case opTake:
		s.discharge(in.object, t)
	case opGet:
		*s.value(in.object)++
	case opPut:
		s.take(in.object)
	case opPush:
		s.threads = append(s.threads, thread{code: uint8(in.other), extra: *s.value(in.object)})
		*s.value(in.object)++
	case opWorked:
		m.worked(s, in.object)
	case opFlush:
		t.extra = *s.value(in.object)
		if m.atomic && t.extra == 0 {
			t.at++ // there is nothing to wait for
		}
	case opGo:
		s.threads = append(s.threads, thread{code: uint8(in.other)})
	case opSet:
		t.reg[in.other] = uint8(in.n)
	case opNext:
		if t.reg[in.n] == 0 {
			t.at = uint8(in.other)
		} else {
			t.reg[in.n]--
		}
	case opJump:
		t.at = uint8(in.other)
	case opEnd:
		s.threads[i] = s.threads[len(s.threads)-1]
		s.threads = s.threads[:len(s.threads)-1]
	}
}

// discharge ends the duty of a goroutine to signal a fence.
func (s *state) discharge(fence int, t *thread) {
	if *s.mark(fence) == t.code+1 {
		*s.mark(fence) = 0
	}
}

// take counts one less; below nothing, the process ends.
func (s *state) take(object int) {
	if *s.value(object) == 0 {
		s.crashed = true
		return
	}
	*s.value(object)--
}

// worked has those who wait for what is before them on a queue wait for one less.
func (m *machine) worked(s *state, queue int) {
	s.take(queue)
	for j := range s.threads {
		w := m.at(s.threads[j])
		if (w.code == opTurn || w.code == opFlushing) && w.object == queue && s.threads[j].extra > 0 {
			s.threads[j].extra--
		}
	}
}

// wake wakes any one of those that wait on a Cond.
func (m *machine) wake(s *state, i int, in *instruction, next successor) {
	found := false
	for j, t := range s.threads {
		if w := m.at(t); w.code == opParked && w.object == in.object && t.extra == 0 {
			found = true
			n := s.clone()
			n.threads[i].at++
			n.threads[j].extra = 1
			next(n, -1)
		}
	}
	if !found {
		n := s.clone()
		n.threads[i].at++
		next(n, -1)
	}
}

// most is how large an unknown number can be.
const most = 2

// decide goes on with each value that an unknown can have.
func (m *machine) decide(s *state, i int, in *instruction, next successor) {
	number, values := in.n, 2
	if in.code == opCount {
		number, values = m.program.Unknown+in.n, most+1
	}
	for v := range values {
		if in.code != opChoose {
			if known := s.known[number]; known > 0 && int(known) != v+1 {
				continue
			}
		}
		n := s.clone()
		t := &n.threads[i]
		t.at++
		switch {
		case in.code == opCount:
			t.reg[in.other] = uint8(v)
			n.known[number] = uint8(v + 1)
		case in.code == opIf:
			n.known[number] = uint8(v + 1)
			fallthrough
		default:
			if v == 0 {
				t.at = uint8(in.other)
			}
		}
		next(n, -1)
	}
}

// communicate performs what a select can do now. That somebody stands before the other
// half of a communication does not mean that it waits already: a default may be taken.
func (m *machine) communicate(s *state, i int, in *instruction, next successor) {
	certain := false
	for _, c := range in.cases {
		size, closed := m.objects[c.object].Size, *s.mark(c.object) == 1
		full := int(*s.value(c.object)) == size
		var n *state
		switch {
		case c.send && closed:
			n = s.clone()
			n.crashed = true
		case c.send && !full:
			n = s.clone()
			*n.value(c.object)++
		case !c.send && *s.value(c.object) > 0:
			n = s.clone()
			*n.value(c.object)--
		case !c.send && closed:
			n = s.clone()
			n.threads[i].at = uint8(c.closed)
			certain = true
			next(n, -1)
			continue
		case size == 0 && c.send:
			m.meet(s, i, c, next)
			continue
		default:
			continue
		}
		certain = true
		n.threads[i].at = uint8(c.to)
		next(n, -1)
	}
	if in.otherwise >= 0 && !certain {
		n := s.clone()
		n.threads[i].at = uint8(in.otherwise)
		next(n, -1)
	}
}

// meet has a sender meet every receiver of its channel.
func (m *machine) meet(s *state, i int, c communication, next successor) {
	for j, t := range s.threads {
		their := m.at(t)
		if j == i || their.code != opSelect {
			continue
		}
		for _, d := range their.cases {
			if d.object == c.object && !d.send {
				n := s.clone()
				n.threads[i].at = uint8(c.to)
				n.threads[j].at = uint8(d.to)
				next(n, j)
			}
		}
	}
}
