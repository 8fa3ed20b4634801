package defers

import (
	"io"
	"sync"
)

type queue struct {
	mu, user sync.Mutex
	bytes    []byte
	limit    *int
}

// Write reads with the lock given up, unless it must not be.
func (q *queue) Write(r io.Reader, atomic bool) error {
	q.user.Lock()
	defer q.user.Unlock()
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.bytes) > 0 {
		return errFull
	}
	n, err := q.read(r, len(q.bytes), atomic)
	if err != nil {
		return err
	}
	if !atomic {
		n += len(q.bytes)
	}
	q.bytes = q.bytes[:n]
	return nil
}

func (q *queue) read(r io.Reader, n int, atomic bool) (int, error) {
	limit := q.limit
	if !atomic {
		defer func() { q.limit = limit }()
		q.limit = nil
		q.mu.Unlock()
		defer q.mu.Lock()
		q.user.Unlock()
		defer q.user.Lock()
	}
	if n == 0 {
		return 0, nil
	}
	if _, err := r.Read(q.bytes); err != nil {
		return 0, err
	}
	return n, nil
}

// WriteAll takes a lock again that it has given up on one way only.
func (q *queue) WriteAll(r io.Reader, atomic bool) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	_, err := q.readAll(r, len(q.bytes), atomic)
	return err
}

func (q *queue) readAll(r io.Reader, n int, atomic bool) (int, error) {
	if !atomic {
		q.mu.Unlock()
	}
	defer q.mu.Lock() // want double-lock[cycle/error]
	if n == 0 {
		return 0, nil
	}
	return r.Read(q.bytes)
}
