// Package cockroach35073 is the repaired form: an outbox that fails to start drains its channel until the producer is done, as
// one that works would.
package cockroach35073

import (
	"errors"
	"sync"
)

const bufferedRows = 16

type rowChannel struct {
	data chan int
}

func (c *rowChannel) push(row int) {
	c.data <- row
}

func (c *rowChannel) producerDone() {
	close(c.data)
}

type outbox struct {
	rowChannel
}

func (o *outbox) start(wg *sync.WaitGroup) {
	wg.Add(1)
	go o.run(wg)
}

func (o *outbox) run(wg *sync.WaitGroup) {
	defer wg.Done()
	if err := o.dial(); err != nil {
		for range o.data {
		}
		return
	}
	for row := range o.data {
		_ = row
	}
}

func (o *outbox) dial() error {
	return errors.New("no such node")
}

// Run pushes more rows than fit to an outbox that cannot start.
func Run() {
	o := &outbox{rowChannel{data: make(chan int, bufferedRows)}}
	for i := range bufferedRows {
		o.push(i)
	}
	var wg sync.WaitGroup
	o.start(&wg)
	o.push(bufferedRows)
	o.producerDone()
	wg.Wait()
}
