// Package kubernetes6632 is the repaired form: before the monitor takes the write lock to close the channel, it starts to drain
// it, so that a writer that sends under the lock goes on.
package kubernetes6632

import "sync"

type framer struct {
	writeLock sync.Mutex
	resetChan chan bool
	closeChan chan bool
	frames    int
}

func newFramer() *framer {
	return &framer{resetChan: make(chan bool), closeChan: make(chan bool)}
}

func (f *framer) monitor() {
	resetChan := f.resetChan
	for {
		select {
		case <-resetChan:
		case <-f.closeChan:
			go func() {
				for range resetChan {
				}
			}()
			f.writeLock.Lock()
			close(resetChan)
			f.resetChan = nil
			f.writeLock.Unlock()
			return
		}
	}
}

func (f *framer) writeFrame() {
	f.writeLock.Lock()
	defer f.writeLock.Unlock()
	if f.resetChan == nil {
		return
	}
	f.frames++
	f.resetChan <- true
}

// Run closes a connection that is being written to.
func Run() {
	f := newFramer()
	var wg sync.WaitGroup
	wg.Go(f.monitor)
	wg.Go(f.writeFrame)
	wg.Go(f.writeFrame)
	f.closeChan <- true
	wg.Wait()
}
