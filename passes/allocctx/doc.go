// Package allocctx finds allocations in contexts that cannot afford them.
//
// An allocation whose flags allow direct reclaim may wait for shrinkers and MMU
// notifiers; those may wait for fences. It follows flags through parameters, masks and
// scopes, so that NOWAIT passed down three calls is fine and a constant Kernel at the
// bottom is not. A finding stands where the flags were chosen.
//
//   - alloc-in-signalling: code that must run for a fence to signal allocates with
//     reclaim. NOFS and NOIO are no help: notifiers run in both.
//   - alloc-in-reclaim: reclaim or a notifier does.
//   - alloc-in-atomic: an allocation that may sleep, where nothing may.
//   - lock-in-reclaim: reclaim blocks on a lock that is elsewhere held across a
//     reclaiming allocation.
//   - gfp-dropped: a function is given flags, and allocates with flags that allow
//     reclaim and do not derive from them.
//   - heap-in-noheap: an allocation on the Go heap, as the compiler decides, where
//     nothing may be. It takes the whole program; under go vet the rule finds nothing.
package allocctx
