// Package kubernetes58107 is the repaired form: a worker takes its item before it takes its share of the lock.
package kubernetes58107

import "sync"

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
	down  bool
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) get() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.down {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return 0, false
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item, true
}

func (q *queue) put(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.cond.Signal()
}

func (q *queue) shutDown() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.down = true
	q.cond.Broadcast()
}

type quotaController struct {
	workerLock sync.RWMutex
	queues     [2]*queue
	monitors   int
}

func (c *quotaController) worker(q *queue) {
	for {
		item, ok := q.get()
		if !ok {
			return
		}
		c.syncItem(item)
	}
}

func (c *quotaController) syncItem(item int) int {
	c.workerLock.RLock()
	defer c.workerLock.RUnlock()
	return item + c.monitors
}

func (c *quotaController) sync() {
	c.workerLock.Lock()
	defer c.workerLock.Unlock()
	c.monitors++
}

// Run syncs monitors while workers wait for items.
func Run() {
	c := &quotaController{queues: [2]*queue{newQueue(), newQueue()}}
	var wg sync.WaitGroup
	for _, q := range c.queues {
		wg.Go(func() { c.worker(q) })
	}
	c.queues[0].put(1)
	c.sync()
	for _, q := range c.queues {
		q.shutDown()
	}
	wg.Wait()
}
