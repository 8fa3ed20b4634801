// Package report writes findings down: as text, JSON, SARIF, a page, a graph,
// annotations. Findings are a
// stream to a [Handler], and a format is a handler.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
)

// Handler receives the findings of a run, in the order in which they are to be
// printed, and then, once, what the run covered.
type Handler interface {
	Finding(f *finding.Finding) error
	Done(c *Coverage) error
}

// Coverage is what a run looked at: what "clean" rests on.
type Coverage struct {
	Modular  bool // one package at a time: no roots and counts of the whole
	Stats    analyzer.Stats
	Failures []string // what could not be analysed, a sentence each
	Remark   string   // what the absence of cycles rests on, "" where that was not asked
	// Edges returns the graph of the whole program, nil where there is none.
	Edges func() []graph.Export
}

// Options are common to all formats.
type Options struct {
	Root  string // directory of the main module: file names are relative to it
	Repo  string // directory of the repository, for formats that code hosts read; "" for Root
	Width int    // of text; lanes stand side by side where they fit
	Wrap  bool   // break lines of text that are wider
	Color bool   // paint text
	Lanes bool   // show the lanes
	Stats bool   // show how much was analysed, in detail
	// Again returns the command that finds a finding once more; nil where nobody knows.
	Again func(*finding.Finding) string
}

// New returns the handler of a format.
func New(format string, w io.Writer, opts Options) (Handler, error) {
	switch format {
	case "text":
		return &text{w: w, opts: opts}, nil
	case "json":
		return &document{w: w, opts: opts}, nil
	case "sarif":
		return newSARIF(w, opts.hosted()), nil
	case "html":
		return &html{w: w, opts: opts}, nil
	case "dot":
		return &drawing{w: w, opts: opts}, nil
	case "github":
		return &github{w: w, opts: opts.hosted()}, nil
	}
	return nil, fmt.Errorf("unknown format %q: one of %s", format, strings.Join(Formats(), ", "))
}

// Formats returns the names of the formats.
func Formats() []string { return []string{"text", "json", "sarif", "html", "dot", "github"} }

// hosted returns the options for a format that code hosts read: they know files by their
// way from the root of the repository, wherever in it the module is.
func (o Options) hosted() Options {
	if o.Repo != "" {
		o.Root = o.Repo
	}
	return o
}

// file returns a file's name relative to the module root, or as it is where it lies
// elsewhere.
func (o *Options) file(name string) string {
	if !filepath.IsAbs(name) {
		return filepath.ToSlash(name)
	}
	rel, err := filepath.Rel(o.Root, name)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return name
	}
	return filepath.ToSlash(rel)
}

func (o *Options) layout() finding.Layout {
	return finding.Layout{Width: o.Width, Wrap: o.Wrap, File: o.file}
}
