// Package agx is a GPU driver in the manner of drivers/gpu/drm/asahi: a command
// processor with firmware, to which work goes through rings in shared memory and from
// which completions come back as stamps.
//
// The way of a job: [File.Submit] takes everything that can block or fail, then arms
// and pushes; the scheduler calls [queue.Run], which puts commands into work queues
// and tells the firmware. The way back: the mailbox interrupt queues recv on an
// ordered work queue with a rescuer; recv drains the event ring; the event manager
// finds the work queue of each stamp; the work queue completes commands in place; the
// last of a job signals its [JobFence]. Everything on the way back is on the way to
// every fence of every client: it allocates nothing, and takes no lock that anybody
// holds over an allocation or over a wait.
//
// docs/sample-driver.md lists where the driver differs from the original, and why.
package agx
