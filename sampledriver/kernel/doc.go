// Package kernel holds no code: it is the overview of the simulated kernel below it, and
// the home of the tests that take several of its parts.
//
//	sim        tasks, virtual time, timers; the machine that runs them by seed
//	waitfor    the wait-for graph in which a machine finds its deadlocks
//	lock       spin locks, mutexes, reader-writer locks, reservation locks
//	wait       wait queues
//	work       work queues, ordered or not, with and without a rescuer
//	irq        hard and threaded interrupts
//	gfp        allocation flags and scopes
//	kmem       memory with watermarks, its allocator and kswapd
//	reclaim    shrinkers, and who calls them
//	mm         address spaces, page faults, notifiers
//	srcu       waiting for the users of what is taken out of use
//	fence      fences, their callbacks, signalling sections
//	resv       the fences of a buffer
//	syncobj    fences on their way to users
//
// What a call may do to its caller stands in its directives. Most bodies are trusted:
// they are the simulator, where a lock is a list of tasks. What a driver would meet as
// kernel code with rules of its own, such as a page fault that allocates under the mmap
// lock, is not, and is analysed like the driver.
package kernel
