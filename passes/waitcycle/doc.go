// Package waitcycle finds cycles of locks, pools, queues and what else is waited for,
// in which no annotated fence needs to take part.
//
// A mutex, a slot of a bounded pool, the worker of an ordered queue: whoever waits for
// one waits for who has it. Where that one waits, in the end, for the first, nobody
// goes on.
//
//   - lock-order: locks are taken in opposite orders.
//   - double-lock: a lock is taken by who holds that very lock.
//   - read-lock-recursion: so is a reader's share; with a writer in between both wait.
//   - missing-unlock: some returns, or turns of a loop, leave a lock held that others have released.
//   - wait-under-lock: a lock is held across a wait that needs the lock to end.
//   - wait-cycle: goroutines wait for each other, or one for itself, without a lock.
//   - no-partner: nobody is left to send, receive, close, signal or be done.
//   - pool-cycle: who waits for a slot holds what those need who have one.
//   - queue-cycle: work on a queue waits for what only other work on it can do.
//
// Evidence about two objects of one class never makes a double lock.
package waitcycle
