package audit

import "testing"

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"Run": "run", "TimedOut": "timed-out", "CanRun": "can-run", "handleIRQ": "handle-irq", "IRQHandler": "irq-handler", "free2": "free2", "": "",
	} {
		if got := words(name); got != want {
			t.Errorf("words(%q) = %q, want %q", name, got, want)
		}
	}
}
