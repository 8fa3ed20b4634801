// Package fencelife finds fences that nobody is left to signal.
//
// A fence that others can reach must be signalled, or handed to somebody who will, on
// every path; signalling it with an error counts.
//
//   - never-signalled: a path returns while the fence is owed. It is owed by whoever
//     published it, and by a function that is said to signal it, or to take it over.
//   - fail-after-publish: it does so because a fallible step failed. The step belongs
//     before the fence is published.
package fencelife
