// Package wakeup finds tasks that nobody wakes, and tasks that wait without waiting.
//
// Who waits until a predicate holds sleeps until somebody wakes the queue. Whoever
// changes what the predicate reads therefore wakes it afterwards, in the same
// function, in a helper or in the caller; a fence's signal counts where a callback on
// the fence wakes.
//
//   - wake-missing: a field that a predicate reads is changed, and on some path no wake
//     follows. A change that can only make the predicate false owes none; nor does one on
//     the ways on which the field is found not to be 0 right after it, where that is waited for.
//   - wait-spins: a loop comes back to its wait by a branch that the predicate knows
//     nothing of, with nothing changed: the predicate still holds and the loop spins.
//
// The table behind both is printed by fencelint audit -wakes.
package wakeup
