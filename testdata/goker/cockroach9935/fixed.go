// Package cockroach9935 is the repaired form: the log's mutex is released before exit, which takes it, is called.
package cockroach9935

import (
	"errors"
	"math/rand"
	"sync"
)

type logging struct {
	mu     sync.Mutex
	exited error
}

func (l *logging) outputLogEntry() {
	l.mu.Lock()
	if err := l.createFile(); err != nil {
		l.mu.Unlock()
		l.exit(err)
		return
	}
	l.mu.Unlock()
}

func (l *logging) createFile() error {
	if rand.Intn(8)%4 > 0 {
		return errors.New("no space left on device")
	}
	return nil
}

func (l *logging) exit(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.exited = err
}

// Run logs one entry.
func Run() {
	l := &logging{}
	l.outputLogEntry()
}
