// Package hw is the GPU: its firmware and its three engines. It is not kernel code but
// the thing that the kernel drives, so it knows the driver only through [fw.Shared],
// the calls of [fw.Port] and the interrupt that it raises. It runs from timers, and
// misbehaves as its [Faults] say.
package hw
