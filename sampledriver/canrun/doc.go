// Package canrun decides, by running every interleaving of a small case, the
// question on which the discussion of can_run_job turned: does the scheduler's loop
// lose a wake-up, or spin, when the driver may say that there is no room for a job?
// docs/can-run-job.md tells the story.
package canrun
