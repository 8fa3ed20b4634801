//go:build !unix

package measure

import "os/exec"

func limit(*exec.Cmd, int64) {}
