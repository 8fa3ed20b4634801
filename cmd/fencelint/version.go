package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
)

// version says what this is and what it was built with: a package that needs a newer
// Go than that cannot be loaded.
func version(_ context.Context, args []string, stdout, _ io.Writer) (int, error) {
	if len(args) > 0 {
		return failed, fmt.Errorf("version takes no arguments")
	}
	_, err := fmt.Fprintln(stdout, versions())
	return clean, err
}

func versions() string {
	own, tools := "(devel)", "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			own = info.Main.Version
		}
		for _, dep := range info.Deps {
			if dep.Path == "golang.org/x/tools" {
				tools = dep.Version
			}
		}
	}
	return fmt.Sprintf("fencelint %s, built with %s and golang.org/x/tools %s", own, runtime.Version(), tools)
}
