package explore

import (
	"cmp"
	"slices"
)

// sorted are things by key, in the order of the keys: there are few, they are gone through and
// copied far more often than something is put among them, and of what is numbered that has
// mostly the highest number.
type sorted[K cmp.Ordered, V any] []entry[K, V]

type entry[K cmp.Ordered, V any] struct {
	key K
	it  V
}

func (s sorted[K, V]) find(key K) (int, bool) {
	from, to := 0, len(s)
	for from < to {
		if middle := (from + to) / 2; s[middle].key < key {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from, from < len(s) && s[from].key == key
}

// get returns the thing with a key, if there is one.
func (s sorted[K, V]) get(key K) (it V, ok bool) {
	i, ok := s.find(key)
	if ok {
		it = s[i].it
	}
	return it, ok
}

// at returns the thing with a key, and its zero if there is none.
func (s sorted[K, V]) at(key K) V {
	it, _ := s.get(key)
	return it
}

// put gives a key to a thing, which was another's before if somebody had it.
func (s *sorted[K, V]) put(key K, it V) {
	i, ok := s.find(key)
	if ok {
		(*s)[i].it = it
		return
	}
	*s = slices.Insert(*s, i, entry[K, V]{key, it})
}

// remove takes the thing with a key out, if there is one.
func (s *sorted[K, V]) remove(key K) {
	if i, ok := s.find(key); ok {
		*s = slices.Delete(*s, i, i+1)
	}
}

// keep leaves only the things with some keys.
func (s *sorted[K, V]) keep(wanted func(key K) bool) {
	*s = slices.DeleteFunc(*s, func(e entry[K, V]) bool { return !wanted(e.key) })
}
