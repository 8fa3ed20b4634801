package phrase_test

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

func TestBefore(t *testing.T) {
	owed := []summary.Class{{Kind: summary.Fence, Name: "example.org/drv.JobFence"}}
	arm := finding.Step{Text: "j.Arm()", Func: "(*queue).submit"}
	add := finding.Step{Text: "resv.Add(j.fence)", Func: "attach"}
	opened := finding.Finding{Lanes: []finding.Lane{{Steps: []finding.Step{add, arm}}}}
	tests := map[string]judge.Occurrence{
		"before the fence is published":                                                         {},
		"before JobFence is published":                                                          {Owed: owed},
		"before j.Arm() in (*queue).submit publishes JobFence":                                  {Owed: owed, Published: []finding.Step{arm}},
		"before j.Arm() in (*queue).submit, or resv.Add(j.fence) in attach, publishes JobFence": {Owed: owed, Published: []finding.Step{arm, add}},
		"before j.Arm() in (*queue).submit, or one of 2 others, publishes JobFence":             {Owed: owed, Published: []finding.Step{arm, add, add}},
		"before resv.Add(j.fence) in attach publishes JobFence":                                 {Owed: owed, Published: []finding.Step{arm}, Opened: judge.ByPublish, Finding: opened},
		"before resv.Add(j.fence) in attach":                                                    {Opened: judge.ByPublish, Finding: opened},
	}
	for want, o := range tests {
		if got := phrase.Before(&o); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
