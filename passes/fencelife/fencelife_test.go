package fencelife

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
)

func TestMessages(t *testing.T) {
	fence := summary.Class{Kind: summary.Fence, Name: "x/agx.JobFence"}
	want := map[string]string{
		"never-signalled":    "Submit returns without signalling or handing over JobFence, which it has published",
		"fail-after-publish": "Submit fails after it has published JobFence, and leaves it unsignalled",
	}
	all := words()
	for _, rule := range Rules() {
		t.Run(rule, func(t *testing.T) {
			o := judge.Occurrence{Finding: finding.Finding{Rule: rule, Root: "Submit"}, On: fence}
			if got := all[rule].Message(&o); got != want[rule] {
				t.Errorf("got  %s\nwant %s", got, want[rule])
			}
			if all[rule].Help(&o) == "" {
				t.Error("no help")
			}
		})
	}
}
