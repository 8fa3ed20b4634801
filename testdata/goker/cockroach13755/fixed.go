// Package cockroach13755 is the repaired form: the result of the query is closed, which cancels the context that its goroutine
// waits for.
package cockroach13755

import "context"

type rows struct {
	cancel context.CancelFunc
}

func (r *rows) initContextClose(ctx context.Context) {
	ctx, r.cancel = context.WithCancel(ctx)
	go r.awaitDone(ctx)
}

func (r *rows) awaitDone(ctx context.Context) {
	<-ctx.Done()
	r.release(ctx.Err())
}

func (r *rows) release(error) {
	r.cancel()
}

func (r *rows) close() {
	r.release(nil)
}

// Run reads a result and closes it.
func Run() {
	r := &rows{}
	r.initContextClose(context.Background())
	defer r.close()
}
