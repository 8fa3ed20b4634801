package fencelife

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/wording"
)

func TestMessages(t *testing.T) {
	fence := summary.Class{Kind: summary.Fence, Name: "x/agx.JobFence"}
	about := func(rule string) judge.Occurrence {
		return judge.Occurrence{Finding: finding.Finding{Rule: rule, Root: "Submit"}, On: fence}
	}
	promised := about("never-signalled")
	promised.Promise = "(x/sched.Backend).Cancel"
	wording.Hold(t, words(), Rules(), map[string]judge.Occurrence{
		"Submit returns without signalling or handing over JobFence, which it has published":                                          about("never-signalled"),
		"Submit returns without signalling or handing over JobFence, which the directives of (sched.Backend).Cancel say that it does": promised,
		"Submit fails after it has published JobFence, and leaves it unsignalled":                                                     about("fail-after-publish"),
	})
}
