// Package sched is a job scheduler in the manner of drm_sched
// (drivers/gpu/drm/scheduler, include/drm/gpu_scheduler.h).
//
// A driver makes a [Scheduler] with its [Backend], a client an [Entity], and submits
// jobs to it in order. A [Job] is made, given its dependencies, armed and pushed; from
// [Job.Arm] on others may wait for its Finished fence, so nothing that can fail or
// that needs memory may stand between Arm and [Job.Push]. The scheduler's loop takes
// jobs whose dependencies have signalled and for which the hardware has room, hands
// them to [Backend.Run], and signals Finished when the hardware fence that Run
// returned does.
//
// The loop comes in two designs: a thread that waits for a condition, as the kernel
// had until 6.7, and two work items that queue themselves, as it has since.
package sched
