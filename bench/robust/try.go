package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis/checker"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// program is something to analyse.
type program struct {
	name     string
	patience time.Duration
	load     func(context.Context) (*load.Program, error)
}

// rejected is why a program is not analysed: it does not compile.
type rejected struct{ error }

// outcome is what came of a program.
type outcome struct {
	program  string
	took     time.Duration
	rejected string // why
	findings int    // of the whole program, in all levels
	hung     bool
	// What must not be: panics, whether contained or not; functions that were left out for
	// other reasons; findings without a position, and other oddities.
	panics, unanalysed, nowhere []string
}

func (o *outcome) wrong() []string {
	var all []string
	for _, list := range [][]string{o.panics, o.unanalysed, o.nowhere} {
		all = append(all, list...)
	}
	if o.hung {
		all = append(all, fmt.Sprintf("not done after %v", o.took.Round(time.Second)))
	}
	return all
}

func (o *outcome) String() string {
	what := fmt.Sprintf("analysed, %d findings", o.findings)
	if o.rejected != "" {
		what = "rejected: " + o.rejected
	}
	if wrong := o.wrong(); len(wrong) > 0 {
		what = "WRONG: " + strings.Join(wrong, "; ")
	}
	return fmt.Sprintf("%s: %v: %s", o.program, o.took.Round(time.Millisecond), what)
}

// try analyses the program, and gives up on it when patience is at its end. What does not
// come to an end goes on behind our back.
func (p *program) try(ctx context.Context) *outcome {
	start := time.Now()
	done := make(chan *outcome, 1)
	go func() {
		o := &outcome{program: p.name}
		if why := fault.Guard(func() { p.analyse(ctx, o) }); why != "" {
			o.panics = append(o.panics, "not contained: "+why)
		}
		done <- o
	}()
	var o *outcome
	select {
	case o = <-done:
	case <-time.After(p.patience):
		o = &outcome{program: p.name, hung: true, nowhere: []string{busy()}}
	}
	o.took = time.Since(start)
	return o
}

// busy returns the stacks of all goroutines, to see what goes on for ever.
func busy() string {
	text := make([]byte, 1<<20)
	return string(text[:runtime.Stack(text, true)])
}

// analyse loads the program and has both modes look at it.
func (p *program) analyse(ctx context.Context, o *outcome) {
	loaded, err := p.load(ctx)
	if err != nil {
		o.rejected = err.Error()
		_, broken := errors.AsType[rejected](err)
		if sentence := strings.TrimSpace(o.rejected); !broken || sentence == "" || strings.Contains(sentence, "\n") {
			o.unanalysed = append(o.unanalysed, "no sentence: "+o.rejected)
		}
		return
	}
	result := analyzer.Whole(loaded.Named, analyzer.Options{})
	found := roster.Findings(result, nil, time.Now())
	o.look(result, found, "whole program")
	o.findings = len(found)
	o.write(result, found, loaded.Root)

	analysis, err := checker.Analyze(roster.Analyzers(), loaded.Named, nil)
	if err != nil {
		o.unanalysed = append(o.unanalysed, err.Error())
		return
	}
	for _, action := range analysis.Roots {
		if action.Err != nil {
			o.panics = append(o.panics, action.Err.Error())
		}
		if part, ok := action.Result.(*analyzer.Result); ok {
			o.look(part, roster.Findings(part, nil, time.Now()), action.Package.PkgPath)
		}
	}
}

// look notes what must not be.
func (o *outcome) look(r *analyzer.Result, found []finding.Finding, where string) {
	for _, failure := range append(r.Late(), r.Failures...) {
		text := where + ": " + failure
		if strings.Contains(failure, "internal error") {
			o.panics = append(o.panics, text)
		} else {
			o.unanalysed = append(o.unanalysed, text)
		}
	}
	for _, f := range found {
		if f.Pos.File == "" || f.Pos.Line < 1 {
			o.nowhere = append(o.nowhere, fmt.Sprintf("%s: %s has no position: %s", where, f.Rule, f.Message))
		}
	}
}

// write writes the findings in all formats, to nowhere.
func (o *outcome) write(r *analyzer.Result, found []finding.Finding, root string) {
	if len(found) == 0 {
		return
	}
	for _, format := range report.Formats() {
		handler, err := report.New(format, io.Discard, report.Options{
			Root: root, Width: 150, Lanes: true, Stats: true, Again: func(*finding.Finding) string { return "" },
		})
		for i := range found {
			if err == nil {
				err = handler.Finding(&found[i])
			}
		}
		if err == nil {
			err = handler.Done(&report.Coverage{Stats: r.Stats, Edges: r.Edges})
		}
		if err != nil {
			o.unanalysed = append(o.unanalysed, fmt.Sprintf("format %s: %v", format, err))
		}
	}
}
