//go:build unix

package child_test

import (
	"context"
	"io"
	"testing"

	"github.com/fencelint/fencelint/internal/child"
)

// A shell starts another that would stay for ever: that it is gone shows in the pipe
// which both have open, and which only then comes to its end.
func TestCommand(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := child.Command(ctx, "sh", "-c", "sh -c 'echo started; read forever </dev/zero' & wait")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	started := make([]byte, len("started\n"))
	if _, err := io.ReadFull(out, started); err != nil {
		t.Fatal(err)
	}
	cancel()
	if rest, err := io.ReadAll(out); err != nil || len(rest) > 0 {
		t.Errorf("%q, %v came after the end", rest, err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the command ended well")
	}
}
