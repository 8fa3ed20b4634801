package kern

// Fence is a one-shot completion.
//
//fencelint:fence
type Fence struct {
	done bool
	err  error
}

// Wait blocks until f is signalled.
//
//fencelint:waits f
//fencelint:trusted -- a wait without a scheduler
func (f *Fence) Wait() error { return f.err }

// WaitFor waits a number of ticks at most.
//
//fencelint:waits f bounded
//fencelint:trusted -- a wait without a scheduler
func (f *Fence) WaitFor(ticks int) bool { return f.done && ticks > 0 }

// Done reports whether f is signalled, without waiting.
//
//fencelint:trusted -- reads one flag
func (f *Fence) Done() bool { return f.done }

// Signal completes f.
//
//fencelint:signals f
//fencelint:trusted -- sets one flag
func (f *Fence) Signal(err error) { f.done, f.err = true, err }

// OnSignal has fn run when f is signalled, where nothing may sleep.
//
//fencelint:calls fn in atomic async
//fencelint:trusted -- callbacks are not kept
func (f *Fence) OnSignal(fn func()) { _ = fn }

// Publish lets everybody reach f.
//
//fencelint:publishes f
//fencelint:trusted -- there is nobody else
func Publish(f *Fence) { f.done = false }

// Install publishes f in a reservation object.
//
//fencelint:publishes f
//fencelint:trusted -- there is nobody else
func (r *Resv) Install(f *Fence) { f.done = false }

// Take takes over the duty to signal f.
//
//fencelint:takes f
//fencelint:trusted -- there is nobody else
func Take(f *Fence) { f.done = false }

// BeginSignalling opens a section that some fence needs in order to signal.
//
//fencelint:enters signalling
//fencelint:trusted -- an annotation only
func BeginSignalling() {}

// EndSignalling closes what BeginSignalling opened.
//
//fencelint:leaves signalling
//fencelint:trusted -- an annotation only
func EndSignalling() {}

// BeginOpportunistic opens a section whose signals nobody counts on.
//
//fencelint:enters opportunistic
//fencelint:trusted -- an annotation only
func BeginOpportunistic() {}

// EndOpportunistic closes what BeginOpportunistic opened.
//
//fencelint:leaves opportunistic
//fencelint:trusted -- an annotation only
func EndOpportunistic() {}
