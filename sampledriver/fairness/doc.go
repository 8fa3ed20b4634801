// Package fairness has many greedy queues and one interactive queue compete for the few
// slots of the hardware, and measures who waits how long under each policy of the slot
// tables. docs/fairness.md has the results.
package fairness
