package wakeup

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/wording"
)

func TestMessages(t *testing.T) {
	room := summary.Class{Kind: summary.WaitQueue, Name: "x/sched.Scheduler.room"}
	wording.Hold(t, words(), Rules(), map[string]judge.Occurrence{
		"q.count-- changes sched.Queue.count, which run waits for, and no wake of Scheduler.room follows on some path": {
			Finding: finding.Finding{Rule: "wake-missing"},
			What:    "q.count--", Branch: "x/sched.Queue.count", Waiter: "run", On: room,
		},
		"run comes back to its wait on Scheduler.room by the branch at line 7, which its predicate does not ask about: it goes round without waiting": {
			Finding: finding.Finding{Rule: "wait-spins"},
			Waiter:  "run", BranchPos: model.Pos{Line: 7}, On: room,
		},
	})
}
