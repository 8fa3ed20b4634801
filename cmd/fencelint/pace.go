package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much is allocated before garbage is collected, in percent of what is live. A run takes
// seconds, and what it loads stays.
const (
	whileLoading = 300
	leastLater   = 60
	mostLater    = 1000
)

// pace has garbage collected as seldom as the memory that loading takes allows, unless the
// environment says how often. What it returns is to be called when what was loaded is let go
// of: from then on there is room for nearly as much as that, whatever of it is live: while a
// collection is under way more is taken.
func pace() (released func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	debug.SetGCPercent(whileLoading)
	return func() {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		runtime.GC()
		(&collection{(memory.HeapSys - memory.HeapReleased) / 16 * 15, []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}).ended()
	}
}

// collection stands for the next collection of garbage: its finalizer runs after that.
type collection struct {
	room uint64           // bytes that the heap may have
	live []metrics.Sample // bytes of it that the last one found in use
}

// ended has the next collection begin when the room is taken.
func (c *collection) ended() {
	metrics.Read(c.live)
	debug.SetGCPercent(more(c.live[0].Value.Uint64(), c.room))
	runtime.SetFinalizer(c, (*collection).ended)
}

// more returns how much is to be allocated before garbage is collected, in percent of what
// is live, so that both have room.
func more(live, room uint64) int {
	live = max(live, 1)
	return int(min(max((max(room, live)-live)*100/live, leastLater), mostLater))
}
