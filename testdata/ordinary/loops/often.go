package loops

import "sync"

type balancer interface {
	begin()
	up() func()
	changed() <-chan int
	end()
}

// picker tells who watches it what has changed, with its lock held.
type picker struct {
	mu      sync.Mutex
	changes chan int
}

var updated chan int

func (p *picker) begin() {
	p.changes = make(chan int)
	go func() {
		for i := 0; i < 100; i++ {
			p.update()
		}
		close(updated)
	}()
}

func (p *picker) changed() <-chan int { return p.changes }

func (p *picker) update() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changes <- 1 // want wait-under-lock[cycle]
}

func (p *picker) up() func() {
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
	}
}

func (p *picker) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.changes)
}

type connection struct {
	mu   sync.Mutex
	down func()
}

func (c *connection) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.down != nil {
		c.down()
	}
}

type client struct {
	b   balancer
	all []*connection
}

func (c *client) watch() {
	for range c.b.changed() {
		for _, c := range c.all {
			c.close()
		}
	}
}

// Often updates a hundred times: too often for all that can happen to be looked at.
func Often() {
	updated = make(chan int)
	c := &client{b: &picker{}}
	c.all = append(c.all, &connection{down: c.b.up()}, &connection{down: c.b.up()})
	c.b.begin()
	go c.watch()
	go func() {
		<-updated
		c.b.end()
	}()
}

// polite is a picker that tells with the lock given back.
type polite struct{ picker }

func (p *polite) begin() {
	p.changes = make(chan int)
	go func() {
		for i := 0; i < 100; i++ {
			p.mu.Lock()
			p.mu.Unlock()
			p.changes <- 1
		}
		close(updated)
	}()
}

// Politely is Often for one of these.
func Politely() {
	updated = make(chan int)
	c := &client{b: &polite{}}
	c.all = append(c.all, &connection{down: c.b.up()}, &connection{down: c.b.up()})
	c.b.begin()
	go c.watch()
	go func() {
		<-updated
		c.b.end()
	}()
}
