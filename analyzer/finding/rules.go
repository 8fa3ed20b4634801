package finding

// Rules returns the ids of all rules, in the order of docs/design.md section 4.
func Rules() []string {
	return []string{
		"wait-in-signalling", "block-in-signalling", "sleep-in-signalling", "lock-in-signalling",
		"sleep-in-atomic", "block-in-reclaim", "no-rescuer",
		"alloc-in-signalling", "alloc-in-reclaim", "alloc-in-atomic", "lock-in-reclaim", "gfp-dropped", "heap-in-noheap",
		"lock-order", "double-lock", "read-lock-recursion", "missing-unlock", "wait-under-lock", "wait-cycle",
		"no-partner", "pool-cycle", "queue-cycle",
		"never-signalled", "fail-after-publish",
		"wake-missing", "wait-spins",
		"bad-directive", "unused-ignore",
	}
}
