// Package child starts commands that do not outlive the one who started them: when the
// context ends, so does the command with all that it has started.
//
// The go command starts compilers and vet tools. Killing it alone leaves them running.
package child

import (
	"context"
	"os/exec"
)

// Command is like [exec.CommandContext], but the end of ctx also ends what the command has
// started, where the system can tell.
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	group(cmd)
	return cmd
}
