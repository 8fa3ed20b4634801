package fence

import "github.com/fencelint/fencelint/sampledriver/kernel/sim"

// BeginSignalling opens a section that must be left for a fence to signal.
//
//fencelint:enters signalling
//fencelint:trusted -- marks the section for the reader, the analyzer and the trace
func BeginSignalling(t *sim.Task) { t.Begin("signalling") }

// EndSignalling closes what BeginSignalling opened.
//
//fencelint:leaves signalling
//fencelint:trusted -- marks the section for the reader, the analyzer and the trace
func EndSignalling(t *sim.Task) { t.End("signalling") }
