// Package cockroach13197 is the repaired form: whoever begins a transaction rolls it back, which ends the goroutine that
// waits for its context.
package cockroach13197

import "context"

type db struct{}

type tx struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (d *db) begin(ctx context.Context) *tx {
	ctx, cancel := context.WithCancel(ctx)
	t := &tx{ctx: ctx, cancel: cancel}
	go t.awaitDone()
	return t
}

func (t *tx) awaitDone() {
	<-t.ctx.Done()
}

func (t *tx) rollback() {
	t.close()
}

func (t *tx) close() {
	t.cancel()
}

// Run begins a transaction and gives it up.
func Run() {
	d := &db{}
	t := d.begin(context.Background())
	defer t.rollback()
}
