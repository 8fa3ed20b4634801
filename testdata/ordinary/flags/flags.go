// Package flags has flags that say whether a lock is held.
package flags

import (
	"errors"
	"sync"
)

var errAsked = errors.New("asked")

func ask(key string) error {
	if key == "" {
		return errAsked
	}
	return nil
}

// Whether the lock is held says a flag that two literals share.

func given(mu *sync.RWMutex, key string) error {
	mu.Lock()
	locked := true
	unlock := func() {
		if locked {
			mu.Unlock()
			locked = false
		}
	}
	relock := func() {
		if !locked {
			mu.Lock()
			locked = true
		}
	}
	if key != "" {
		unlock()
		if err := ask(key); err != nil {
			return err
		}
		relock()
	}
	unlock()
	return nil
}

func kept(mu *sync.RWMutex, key string) error {
	mu.Lock()
	locked := true
	unlock := func() {
		if locked {
			mu.Unlock()
			locked = false
		}
	}
	relock := func() {
		if !locked {
			mu.Lock()
			locked = true
		}
	}
	unlock()
	relock()
	if err := ask(key); err != nil {
		return err // want missing-unlock[breach]
	}
	unlock()
	return nil
}

// What is not set there says something else.

func asked(mu *sync.RWMutex, key string) error {
	mu.Lock()
	unlock := func() {
		if key == "last" {
			mu.Unlock()
		}
	}
	if key == "first" {
		mu.Unlock()
		return nil
	}
	unlock()
	return nil // want missing-unlock[breach]
}
