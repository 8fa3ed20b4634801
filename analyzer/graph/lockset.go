package graph

import (
	"encoding/binary"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// lockset is a set of locks that are held, and whether exclusively. There is one of each in a
// graph: equal sets are the same. nil stands for all locks there are.
type lockset struct {
	held []uint32 // by number, which the last bit is no part of: it says that the hold is exclusive
}

// locksets are the sets that there are. The same few are met and joined at all the calls of a
// program, so that what came of it is remembered.
type locksets struct {
	number map[summary.Class]uint32
	class  []summary.Class // by number
	sets   map[string]*lockset
	none   *lockset
	met    map[[2]*lockset]*lockset
	joined map[[2]*lockset]*lockset
}

func newLocksets() *locksets {
	none := &lockset{}
	return &locksets{
		number: map[summary.Class]uint32{},
		sets:   map[string]*lockset{"": none},
		none:   none,
		met:    map[[2]*lockset]*lockset{},
		joined: map[[2]*lockset]*lockset{},
	}
}

// hold is what a set has of a lock that is held.
func (l *locksets) hold(c summary.Class, alone bool) uint32 {
	n, known := l.number[c]
	if !known {
		n = uint32(len(l.class))
		l.number[c] = n
		l.class = append(l.class, c)
	}
	if alone {
		return n<<1 | 1
	}
	return n << 1
}

// of returns the set of holds. A lock that is held several times counts as what is most.
func (l *locksets) of(held []uint32) *lockset {
	if len(held) == 0 {
		return l.none
	}
	slices.Sort(held)
	distinct := held[:0]
	for _, h := range held {
		if n := len(distinct); n > 0 && distinct[n-1]>>1 == h>>1 {
			distinct[n-1] = h
			continue
		}
		distinct = append(distinct, h)
	}
	key := make([]byte, 0, 4*len(distinct))
	for _, h := range distinct {
		key = binary.LittleEndian.AppendUint32(key, h)
	}
	set := l.sets[string(key)]
	if set == nil {
		set = &lockset{slices.Clone(distinct)}
		l.sets[string(key)] = set
	}
	return set
}

// meet returns what is in both, held as in the one where it is less.
func (l *locksets) meet(a, b *lockset) *lockset {
	switch {
	case a == nil || a == b:
		return b
	case b == nil:
		return a
	case a == l.none || b == l.none:
		return l.none
	}
	known, ok := l.met[[2]*lockset{a, b}]
	if ok {
		return known
	}
	var both []uint32
	for _, h := range a.held {
		if at, _ := slices.BinarySearch(b.held, h&^1); at < len(b.held) && b.held[at]>>1 == h>>1 {
			both = append(both, min(h, b.held[at]))
		}
	}
	set := l.of(both)
	l.met[[2]*lockset{a, b}] = set
	return set
}

// join returns what is in either.
func (l *locksets) join(a, b *lockset) *lockset {
	switch {
	case a == nil || b == nil:
		return nil
	case a == l.none || a == b:
		return b
	case b == l.none:
		return a
	}
	known, ok := l.joined[[2]*lockset{a, b}]
	if ok {
		return known
	}
	set := l.of(slices.Concat(a.held, b.held))
	l.joined[[2]*lockset{a, b}] = set
	return set
}

// guards returns the locks of a set that are kept.
func (l *locksets) guards(set *lockset, kept func(summary.Class) bool) guards {
	if set == nil {
		return nil
	}
	out := guards{}
	for _, h := range set.held {
		if c := l.class[h>>1]; kept(c) {
			out[c] = h&1 != 0
		}
	}
	return out
}
