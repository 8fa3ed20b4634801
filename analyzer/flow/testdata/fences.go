package fences

import (
	"errors"
	"sync"
)

// fence is a fence.
//
//fencelint:fence
type fence struct{ err error }

//fencelint:waits f
//fencelint:trusted -- test
func (f *fence) wait() {}

//fencelint:signals f
//fencelint:trusted -- test
func (f *fence) signal(err error) {}

//fencelint:publishes f
//fencelint:trusted -- test
func publish(f *fence) {}

type jobFence struct{ fence }

type job struct {
	done *jobFence
	next *job
}

//fencelint:takes j.done
//fencelint:trusted -- test
func push(j *job) {}

func wait(j *job) { j.done.wait() }

func given(f *fence) { f.wait() }

func gives(j *job) { given(&j.done.fence) }

var errBusy = errors.New("busy")

func check(j *job) error {
	if j.next != nil {
		return errBusy
	}
	return nil
}

func submit(j *job) error {
	publish(&j.done.fence)
	if err := check(j); err != nil {
		return err
	}
	push(j)
	return nil
}

func handOver(j *job) error {
	if err := check(j); err != nil {
		return err
	}
	push(j)
	return nil
}

func submitThrough(j *job) error {
	publish(&j.done.fence)
	if err := handOver(j); err != nil {
		j.done.signal(err)
		return err
	}
	return nil
}

func made() *job {
	f := &jobFence{}
	j := &job{done: f}
	publish(&f.fence)
	push(j)
	return j
}

func escapes(j *job, out chan *job) {
	publish(&j.done.fence)
	out <- j
}

// Forgets loses it.
func Forgets(j *job) {
	publish(&j.done.fence)
	check(j)
}

func arm(j *job) { publish(&j.done.fence) }

func complete(j *job, err error) {
	check(j)
	j.done.signal(err)
	check(j)
}

func maybe(j *job) {
	if check(j) == nil {
		complete(j, nil)
	}
}

type worker struct {
	mu    sync.Mutex
	jobs  chan *job
	head  *job
	list  []*job
	ready *sync.Cond
}

func (w *worker) receives() {
	for j := range w.jobs {
		check(j)
		complete(j, nil)
		check(j)
	}
}

func (w *worker) pops() {
	for {
		w.mu.Lock()
		for w.head == nil {
			w.ready.Wait()
		}
		j := w.head
		w.head = j.next
		w.mu.Unlock()
		check(j)
		j.done.signal(nil)
		check(nil)
	}
}

func (w *worker) all() {
	for _, j := range w.list {
		check(j)
		j.done.signal(nil)
	}
}

func every(list []*job) {
	check(nil)
	for _, j := range list {
		j.done.signal(nil)
	}
}

func newFence() *jobFence { return &jobFence{} }

func fresh() {
	f := newFence()
	check(nil)
	f.signal(nil)
}

func deferred(j *job) {
	defer check(j)
	defer j.done.signal(nil)
	check(nil)
}

func start(j *job, w *worker) {
	go complete(j, nil)
	go func() {
		check(j)
		j.done.signal(nil)
	}()
	go w.receives()
}

func conditional(j *job) (err error) {
	defer func() {
		if err != nil {
			j.done.signal(err)
		}
	}()
	publish(&j.done.fence)
	if err = check(j); err != nil {
		return err
	}
	push(j)
	return nil
}

func (j *job) fence() *fence { return &j.done.fence }

// Imports puts somebody else's fence into one more place.
func Imports(j *job, shared *fence) {
	publish(shared)
	check(j)
	publish(j.fence())
	check(j)
}

// Makes publishes one of its own.
func Makes(yes bool) *jobFence {
	f := newFence()
	publish(&f.fence)
	check(nil)
	if yes {
		return nil
	}
	return f
}

func pushAll(jobs ...*job) {
	for _, j := range jobs {
		push(j)
	}
}

type batch struct{ first struct{ j *job } }

var batches []*batch

func batched(j, k *job) {
	publish(&j.done.fence)
	pushAll(j)
	publish(&k.done.fence)
	b := &batch{}
	b.first.j = k
	batches = append(batches, b)
}
