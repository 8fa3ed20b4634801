package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/clipperhouse/displaywidth"
)

// patience is how long a run goes on in silence.
const patience = time.Second

// beat is how often the line is written anew.
const beat = 200 * time.Millisecond

// progress says in a line of its own what a long run is at. It writes to terminals
// alone, and leaves nothing behind. The zero value says nothing.
type progress struct {
	w     io.Writer
	width int

	mu    sync.Mutex
	start time.Time // of the first stage
	stage string
	done  chan struct{} // closed to end the line
	ended chan struct{} // closed when it has
}

// newProgress returns the progress of a run that writes its problems to w.
func newProgress(w io.Writer) *progress {
	p := &progress{}
	if width, ok := terminal(w); ok {
		p.w, p.width = w, width
	}
	return p
}

// at says what the run is at from now on.
func (p *progress) at(stage string) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage = stage
	if p.start.IsZero() {
		p.start = time.Now()
	}
	if p.done == nil {
		p.done, p.ended = make(chan struct{}), make(chan struct{})
		go p.show(p.start, p.done, p.ended)
	}
}

// stop takes the line away: something else is to be printed.
func (p *progress) stop() {
	p.mu.Lock()
	done, ended := p.done, p.ended
	p.done = nil
	p.mu.Unlock()
	if done != nil {
		close(done)
		<-ended
	}
}

// show writes the line until done is closed.
func (p *progress) show(start time.Time, done <-chan struct{}, ended chan<- struct{}) {
	defer close(ended)
	select {
	case <-done:
		return
	case <-time.After(time.Until(start.Add(patience))):
	}
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		p.mu.Lock()
		line := fmt.Sprintf("fencelint: %s (%ds)", p.stage, int(time.Since(start).Seconds()))
		p.mu.Unlock()
		fmt.Fprint(p.w, eraseLine+displaywidth.TruncateString(line, p.width-1, "…"))
		select {
		case <-done:
			fmt.Fprint(p.w, eraseLine)
			return
		case <-ticker.C:
		}
	}
}
