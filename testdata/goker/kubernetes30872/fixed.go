// Package kubernetes30872 is the repaired form: the informer asks its queue whether it has synced after it has released its own
// lock, which the queue's handlers take.
package kubernetes30872

import "sync"

type fifo struct {
	mu     sync.Mutex
	synced bool
}

func (f *fifo) hasSynced() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.synced
}

func (f *fifo) pop(process func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	process()
	f.synced = true
}

type controller struct {
	queue   *fifo
	process func()
}

func (c *controller) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			c.queue.pop(c.process)
		}
	}
}

type informer struct {
	sync.Mutex
	controller *controller
	stopChan   chan struct{}
	running    sync.WaitGroup
	clusters   int
}

func newInformer() *informer {
	f := &informer{}
	f.controller = &controller{queue: &fifo{}, process: f.addCluster}
	return f
}

func (f *informer) clustersSynced() bool {
	f.Lock()
	c := f.controller
	f.Unlock()
	return c.queue.hasSynced()
}

func (f *informer) addCluster() {
	f.Lock()
	defer f.Unlock()
	f.clusters++
}

func (f *informer) start() {
	f.Lock()
	defer f.Unlock()
	f.stopChan = make(chan struct{})
	stop := f.stopChan
	f.running.Add(1)
	go func() {
		defer f.running.Done()
		f.controller.run(stop)
	}()
}

func (f *informer) stop() {
	f.Lock()
	close(f.stopChan)
	f.Unlock()
	f.running.Wait()
}

// Run asks an informer whether it has synced while it adds clusters.
func Run() {
	f := newInformer()
	f.start()
	var wg sync.WaitGroup
	wg.Go(func() { f.clustersSynced() })
	wg.Wait()
	f.stop()
}
