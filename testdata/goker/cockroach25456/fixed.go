// Package cockroach25456 is the repaired form: whether the store is draining is asked, not waited for.
package cockroach25456

type stopper struct {
	quiescer chan struct{}
}

func (s *stopper) shouldQuiesce() <-chan struct{} {
	if s == nil {
		return nil
	}
	return s.quiescer
}

type store struct {
	stopper *stopper
}

type replica struct {
	store *store
}

type consistencyQueue struct {
	logged int
}

func (q *consistencyQueue) process(r *replica) {
	select {
	case <-r.store.stopper.shouldQuiesce():
		return
	default:
	}
	q.logged++
}

// Run processes a replica of a store that is not draining.
func Run() {
	s := &store{stopper: &stopper{quiescer: make(chan struct{})}}
	q := &consistencyQueue{}
	for range 2 {
		q.process(&replica{store: s})
	}
}
