// Package fencesignal finds what keeps a fence from being signalled.
//
// A fence is a promise that somebody will signal it in finite time. Whoever waits for
// it may hold locks, may be a shrinker or an MMU notifier, may be another driver. So
// between the moment at which others can reach the fence and the moment at which it is
// signalled, the code that must run may not wait for anything that those waiters hold.
// The pass follows the call graph down from every such section (declared, opened by
// publishing, or inferred from what a goroutine, work or callback signals) and says:
//
//   - wait-in-signalling: it waits for a fence.
//   - block-in-signalling: it blocks without bound on a channel, a pool, a flush, I/O.
//   - sleep-in-signalling: it sleeps.
//   - lock-in-signalling: it takes a lock that is elsewhere held across a fence wait,
//     a reclaiming allocation or a wait for a pool.
//   - no-rescuer: the signal comes from a work queue that needs memory to run.
//
// Two rules are about the other contexts:
//
//   - sleep-in-atomic: something that may sleep, under a spin lock, in an interrupt or
//     in a fence callback.
//   - block-in-reclaim: reclaim or an MMU notifier waits without bound for something
//     that is not a fence, or flushes a queue without rescuer.
//
// Allocations are the business of pass allocctx.
package fencesignal
