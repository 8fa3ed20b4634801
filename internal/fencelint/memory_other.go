//go:build !linux

package fencelint

import "os"

func memory(*os.ProcessState) int64 { return 0 }
