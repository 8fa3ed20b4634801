package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// How much is allocated before garbage is collected, in percent of what is live. A run takes
// seconds, and what it loads stays.
const (
	whileLoading = 300
	leastLater   = 100
	mostLater    = 400
)

// pace has garbage collected as seldom as the memory that loading takes allows, unless the
// environment says how often. What it returns is to be called when what was loaded is let go
// of: from then on there is room for as much as that.
func pace() (released func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	debug.SetGCPercent(whileLoading)
	return func() {
		runtime.GC()
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		expected := max(memory.HeapAlloc+memory.HeapAlloc/2, 1) // what the analysis adds, and what is garbage by then
		room := int(memory.HeapSys*100/expected) - 100
		debug.SetGCPercent(min(max(room, leastLater), mostLater))
	}
}
