package workload

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestBubble runs a load in a synctest bubble whose clock keeps step with the
// machine's: seconds of GPU time take no time at all.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := Default()
		cfg.Duration, cfg.Work = 2*time.Second, 100*time.Millisecond
		cfg.Advance = time.Sleep
		start := time.Now()
		res := Run(cfg)
		for _, problem := range res.Problems() {
			t.Error(problem)
		}
		if took := time.Since(start); took != res.Now || took < cfg.Duration {
			t.Errorf("the bubble's clock moved by %v, the machine's by %v", took, res.Now)
		}
	})
}

// TestScarceContext has four clients share one context: all must get on.
func TestScarceContext(t *testing.T) {
	cfg := Default()
	cfg.Device.VMSlots = 1
	res := Run(cfg)
	for _, problem := range res.Problems() {
		t.Error(problem)
	}
	if res.Driver.VM.Waits == 0 {
		t.Error("nobody had to wait for the context")
	}
	for _, q := range res.Queues {
		if q.Jobs == 0 {
			t.Errorf("%s got no job done", q.Name)
		}
	}
}
