package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	ok, err := run([]string{"-duration=5ms", "-memory=96", "-faults", "-kill=20", "-design=items", "-gate=condition"}, &out)
	if err != nil || !ok {
		t.Fatalf("run = %v, %v\n%s", ok, err, out.String())
	}
	for _, want := range []string{"throughput", "fence latency", "reclaim", "client 0 queue 0", "no deadlock, no lost fence, no leak"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in the output:\n%s", want, out.String())
		}
	}
}

func TestBadArguments(t *testing.T) {
	for _, args := range [][]string{{"-clients=0"}, {"-work=0"}, {"-design=spiral"}, {"more"}, {"-duration=-1s"}} {
		var out strings.Builder
		if _, err := run(args, &out); err == nil {
			t.Errorf("run(%q) has no error", args)
		}
	}
}

// TestTrace requires that spans nest on each line of the trace.
func TestTrace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace.json")
	var out strings.Builder
	if _, err := run([]string{"-duration=5ms", "-memory=96", "-faults", "-trace", file}, &out); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var trace struct{ TraceEvents []traceEvent }
	if err := json.Unmarshal(data, &trace); err != nil {
		t.Fatal(err)
	}
	open := make(map[int]int)
	last, spans, named := 0.0, 0, 0
	for _, e := range trace.TraceEvents {
		if e.Time < last {
			t.Fatalf("time goes back from %v to %v", last, e.Time)
		}
		last = e.Time
		switch e.Phase {
		case "B":
			open[e.TID]++
			spans++
		case "E":
			if open[e.TID]--; open[e.TID] < 0 {
				t.Fatalf("task %d ends a span that it did not begin, at %v", e.TID, e.Time)
			}
		case "M":
			named++
		}
	}
	if spans == 0 || named == 0 {
		t.Errorf("%d spans on %d named lines", spans, named)
	}
}
