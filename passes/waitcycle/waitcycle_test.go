package waitcycle

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
)

func TestMessages(t *testing.T) {
	class := func(kind summary.ClassKind, name string) summary.Class {
		return summary.Class{Kind: kind, Name: "x/agx.Device." + name}
	}
	mu, rx := class(summary.Lock, "mu"), class(summary.Lock, "rx")
	events, vms := class(summary.Pool, "events"), class(summary.Pool, "vms")
	queue, group := class(summary.WorkQueue, "queue"), class(summary.WaitGroup, "group")
	tests := []struct {
		name, rule string
		op         summary.OpKind
		cycle      []summary.Class
		want       string
	}{
		{"locks", "lock-order", summary.OpAcquire, []summary.Class{mu, rx},
			"it takes Device.rx while Submit holds Device.mu: Device.mu -> Device.rx -> Device.mu"},
		{"the same lock", "double-lock", summary.OpAcquire, []summary.Class{mu},
			"it takes Device.mu, which Submit holds: the same lock, not another of its class"},
		{"a share", "read-lock-recursion", summary.OpAcquire, []summary.Class{mu},
			"it takes a share of Device.mu, of which Submit holds one: a writer in between blocks both"},
		{"a return", "missing-unlock", summary.OpUnlockMissing, []summary.Class{mu},
			"Submit returns with Device.mu held, which other returns have released"},
		{"a group", "wait-under-lock", summary.OpWait, []summary.Class{mu, group},
			"it waits for Device.group while Submit holds Device.mu: Device.mu -> Device.group -> Device.mu"},
		{"who ends the wait", "wait-under-lock", summary.OpAcquire, []summary.Class{group, mu},
			"it takes Device.mu before what ends waits for Device.group: Device.group -> Device.mu -> Device.group"},
		{"a slot under a lock", "pool-cycle", summary.OpAcquire, []summary.Class{mu, events},
			"it waits for a slot of Device.events while Submit holds Device.mu: Device.mu -> Device.events -> Device.mu"},
		{"two pools", "pool-cycle", summary.OpAcquire, []summary.Class{vms, events},
			"it waits for a slot of Device.events before a slot of Device.vms comes back: Device.vms -> Device.events -> Device.vms"},
		{"a flush under a lock", "queue-cycle", summary.OpFlush, []summary.Class{mu, queue},
			"it waits for the work on Device.queue while Submit holds Device.mu: Device.mu -> Device.queue -> Device.mu"},
		{"a flush of its own queue", "queue-cycle", summary.OpFlush, []summary.Class{queue},
			"it waits for the work on Device.queue in work on Device.queue: Device.queue -> Device.queue"},
	}
	all := words()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := judge.Occurrence{
				Finding: finding.Finding{Rule: test.rule, Root: "Submit", Verdict: finding.Cycle},
				What:    "it", Op: test.op, Cycle: test.cycle, On: test.cycle[len(test.cycle)-1],
			}
			if len(test.cycle) > 1 {
				o.On = test.cycle[1]
			}
			if got := all[test.rule].Message(&o); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if all[test.rule].Help(&o) == "" {
				t.Error("no help")
			}
		})
	}
}

func TestWordsForEveryRule(t *testing.T) {
	all := words()
	for _, rule := range Rules() {
		if all[rule].Message == nil || all[rule].Help == nil {
			t.Errorf("%s has no words", rule)
		}
	}
	if len(all) != len(Rules()) {
		t.Errorf("%d rules, words for %d", len(Rules()), len(all))
	}
}
