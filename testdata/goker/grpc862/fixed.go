// Package grpc862 is the repaired form: a dial that fails closes what it started.
package grpc862

import (
	"context"
	"sync"
)

type clientConn struct {
	ctx    context.Context
	cancel context.CancelFunc
	mu     sync.Mutex
	conns  []*addrConn
}

func (c *clientConn) close() {
	c.cancel()
	c.mu.Lock()
	conns := c.conns
	c.conns = nil
	c.mu.Unlock()
	for _, a := range conns {
		a.cancel()
	}
}

func (c *clientConn) resetAddrConn() {
	a := &addrConn{}
	a.ctx, a.cancel = context.WithCancel(c.ctx)
	c.mu.Lock()
	c.conns = append(c.conns, a)
	c.mu.Unlock()
	a.resetTransport()
}

type addrConn struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (a *addrConn) resetTransport() {
	<-a.ctx.Done()
	a.cancel()
}

func dial(ctx context.Context) (conn *clientConn, err error) {
	c := &clientConn{}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	go c.resetAddrConn()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// Run dials with a context that is cancelled meanwhile.
func Run() {
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	conn, err := dial(ctx)
	if err == nil {
		conn.close()
	}
}
