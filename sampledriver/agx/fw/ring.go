package fw

// Ring is a ring buffer in memory that the driver shares with the firmware: one side
// puts, the other takes. One entry stays empty so that full and empty differ.
type Ring[T any] struct {
	entries     []T
	read, write int
}

// NewRing returns an empty ring of size entries, of which size-1 can be in use.
func NewRing[T any](size int) *Ring[T] { return &Ring[T]{entries: make([]T, size)} }

// Put appends v. It reports false, and does nothing, when the ring is full.
func (r *Ring[T]) Put(v T) bool {
	if r.Free() == 0 {
		return false
	}
	r.entries[r.write] = v
	r.write = (r.write + 1) % len(r.entries)
	return true
}

// Head returns the oldest entry and leaves it in the ring.
func (r *Ring[T]) Head() (v T, ok bool) {
	if r.Len() == 0 {
		return v, false
	}
	return r.entries[r.read], true
}

// Take removes the oldest entry.
func (r *Ring[T]) Take() (v T, ok bool) {
	if v, ok = r.Head(); ok {
		var zero T
		r.entries[r.read] = zero
		r.read = (r.read + 1) % len(r.entries)
	}
	return v, ok
}

// Len is the number of entries in use.
func (r *Ring[T]) Len() int { return (r.write - r.read + len(r.entries)) % len(r.entries) }

// Free is the number of entries that can be put.
func (r *Ring[T]) Free() int { return len(r.entries) - 1 - r.Len() }

// Reset empties the ring.
func (r *Ring[T]) Reset() {
	clear(r.entries)
	r.read, r.write = 0, 0
}
