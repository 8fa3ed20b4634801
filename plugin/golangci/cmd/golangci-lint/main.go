// Golangci-lint is golangci-lint with fencelint in it: what golangci-lint custom builds,
// for tests and for those who would rather use go build.
package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/fencelint/fencelint/plugin/golangci"
)

// version is that of the module in go.mod.
const version = "2.15.0"

func main() {
	info := commands.BuildInfo{Version: version, GoVersion: runtime.Version(), Commit: "(none)", Date: "(none)"}
	if err := commands.Execute(info); err != nil {
		fmt.Fprintf(os.Stderr, "The command is terminated due to an error: %v\n", err)
		os.Exit(exitcodes.Failure)
	}
}
