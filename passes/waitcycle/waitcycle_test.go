package waitcycle

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/wording"
)

func TestMessages(t *testing.T) {
	class := func(kind summary.ClassKind, name string) summary.Class {
		return summary.Class{Kind: kind, Name: "x/agx.Device." + name}
	}
	mu, rx := class(summary.Lock, "mu"), class(summary.Lock, "rx")
	events, vms := class(summary.Pool, "events"), class(summary.Pool, "vms")
	queue, group := class(summary.WorkQueue, "queue"), class(summary.WaitGroup, "group")
	ring := class(summary.Channel, "ring")
	tests := []struct {
		rule  string
		op    summary.OpKind
		cycle []summary.Class
		want  string
	}{
		{"lock-order", summary.OpAcquire, []summary.Class{mu, rx},
			"it takes Device.rx while Submit holds Device.mu: Device.mu -> Device.rx -> Device.mu"},
		{"double-lock", summary.OpAcquire, []summary.Class{mu},
			"it takes Device.mu, which Submit holds: the same lock, not another of its class"},
		{"read-lock-recursion", summary.OpAcquire, []summary.Class{mu},
			"it takes a share of Device.mu, of which Submit holds one: a writer in between blocks both"},
		{"missing-unlock", summary.OpUnlockMissing, []summary.Class{mu},
			"Submit returns with Device.mu held, which other returns have released"},
		{"wait-under-lock", summary.OpWait, []summary.Class{mu, group},
			"it waits for Device.group while Submit holds Device.mu: Device.mu -> Device.group -> Device.mu"},
		{"wait-under-lock", summary.OpAcquire, []summary.Class{group, mu},
			"it takes Device.mu before what ends waits for Device.group: Device.group -> Device.mu -> Device.group"},
		{"wait-cycle", summary.OpWait, []summary.Class{ring, group},
			"it waits for Device.group, which only who waits for Submit could end: Device.ring -> Device.group -> Device.ring"},
		{"no-partner", summary.OpWait, []summary.Class{ring},
			"it in Submit waits for Device.ring with nobody left to end the wait"},
		{"pool-cycle", summary.OpAcquire, []summary.Class{mu, events},
			"it waits for a slot of Device.events while Submit holds Device.mu: Device.mu -> Device.events -> Device.mu"},
		{"pool-cycle", summary.OpAcquire, []summary.Class{vms, events},
			"it waits for a slot of Device.events before a slot of Device.vms comes back: Device.vms -> Device.events -> Device.vms"},
		{"queue-cycle", summary.OpFlush, []summary.Class{mu, queue},
			"it waits for the work on Device.queue while Submit holds Device.mu: Device.mu -> Device.queue -> Device.mu"},
		{"queue-cycle", summary.OpFlush, []summary.Class{queue},
			"it waits for the work on Device.queue in work on Device.queue: Device.queue -> Device.queue"},
	}
	messages := make(map[string]judge.Occurrence)
	for _, test := range tests {
		o := judge.Occurrence{
			Finding: finding.Finding{Rule: test.rule, Root: "Submit", Verdict: finding.Cycle},
			What:    "it", Op: test.op, Cycle: test.cycle, On: test.cycle[len(test.cycle)-1],
		}
		if len(test.cycle) > 1 {
			o.On = test.cycle[1]
		}
		messages[test.want] = o
	}
	messages["Submit returns with Device.mu and Device.rx held, which other returns have released"] = judge.Occurrence{
		Finding: finding.Finding{Rule: "missing-unlock", Root: "Submit", Verdict: finding.Breach},
		Op:      summary.OpUnlockMissing, On: mu, Also: []summary.Class{rx},
	}
	messages["Submit returns with Device.mu held, which nobody in sight gives back for it"] = judge.Occurrence{
		Finding: finding.Finding{Rule: "missing-unlock", Root: "Submit", Verdict: finding.Breach},
		Op:      summary.OpUnlockMissing, On: mu, Kept: true,
	}
	wording.Hold(t, words(), Rules(), messages)
}
