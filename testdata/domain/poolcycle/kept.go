package poolcycle

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

// card is shared by many users, each of whom has a lock of its own.
type card struct {
	contexts, buffers kern.Slots
	stamps, rings     kern.Slots
	first, second     kern.Slots
	mu                kern.Mutex
}

type user struct {
	card *card
	mu   kern.Mutex
}

// bind returns with a context, if one is needed: on some paths.
func (u *user) bind(need bool) {
	if !need {
		return
	}
	u.card.contexts.Get()
}

// render returns with a buffer on some paths.
func (u *user) render(need bool) {
	if need {
		u.card.buffers.Get() // want pool-cycle[cycle]
	}
}

// Submit and Early take them in opposite orders. Each user's own lock keeps nobody
// else away.
func (u *user) Submit(need bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.bind(need)
	u.render(need)
	u.card.buffers.Put()
	u.card.contexts.Put()
}

func (u *user) Early(need bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.render(need)
	u.bind(need)
	u.card.contexts.Put()
	u.card.buffers.Put()
}

// Stamp and Ring take theirs in opposite orders too, one user at a time: the lock is the
// card's.
func (u *user) Stamp() {
	u.card.mu.Lock()
	defer u.card.mu.Unlock()
	u.card.stamps.Get()
	u.card.rings.Get()
	u.card.rings.Put()
	u.card.stamps.Put()
}

func (u *user) Ring() {
	u.card.mu.Lock()
	defer u.card.mu.Unlock()
	u.card.rings.Get()
	u.card.stamps.Get()
	u.card.stamps.Put()
	u.card.rings.Put()
}

// errStale is why a build has to be repeated.
var errStale = errors.New("stale")

// job has what a build has got so far.
type job struct{ context, buffer bool }

// build returns with both, or gives back what it has.
func (u *user) build(j *job, stale bool) error {
	u.card.first.Get()
	j.context = true
	if !stale {
		u.card.second.Get()
		j.buffer = true
		return nil
	}
	return errStale
}

// drop gives back what a build that failed has got.
func (u *user) drop(j *job) {
	if j.buffer {
		u.card.second.Put()
	}
	if j.context {
		u.card.first.Put()
	}
}

// submit has both when it succeeds, and nothing otherwise.
func (u *user) submit(stale bool) error {
	j := new(job)
	err := u.build(j, stale)
	if err != nil {
		u.drop(j)
	}
	return err
}

// Retry submits again until nothing is stale, with nothing in hand.
func (u *user) Retry(stale func() bool) (err error) {
	for range 8 {
		if err = u.submit(stale()); !errors.Is(err, errStale) {
			break
		}
	}
	return err
}

// Complete gives back what a job that was submitted has.
func (u *user) Complete() {
	u.card.second.Put()
	u.card.first.Put()
}

// Steps takes slots in an order that a list has, the same for all.
type Steps struct {
	rings, events kern.Slots
	steps         []func() error
}

// NewSteps fills the list.
func NewSteps() *Steps {
	s := &Steps{}
	s.steps = []func() error{s.ring, s.event}
	return s
}

// Submit takes what it needs, step by step.
func (s *Steps) Submit() error {
	for _, step := range s.steps {
		if err := step(); err != nil {
			return err
		}
	}
	s.events.Put()
	s.rings.Put()
	return nil
}

func (s *Steps) ring() error {
	s.rings.Get()
	return nil
}

func (s *Steps) event() error {
	s.events.Get()
	return nil
}
