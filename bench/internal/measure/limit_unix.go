//go:build unix

package measure

import (
	"fmt"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// limit bounds the address space of the command and of what it starts, and has all of
// them end with it when it is cancelled: go vet would leave its tools behind.
func limit(cmd *exec.Cmd, memory int64) {
	if memory > 0 {
		script := fmt.Sprintf(`ulimit -v %d && exec "$0" "$@"`, memory>>10)
		cmd.Args = slices.Concat([]string{"sh", "-c", script, cmd.Path}, cmd.Args[1:])
		cmd.Path = "/bin/sh"
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
}
