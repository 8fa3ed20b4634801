package main

import (
	"regexp"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// again returns the command that finds f once more, in the directory that this one runs
// in: the same packages, since what is found depends on what is in sight, but not on their
// order.
func (s *settings) again(f *finding.Finding) string {
	words := []string{s.name, "-rules=" + f.Rule}
	if f.Level == finding.Note {
		words = append(words, "-min-level="+string(finding.Note))
	}
	if s.load.Tags != "" {
		words = append(words, "-tags="+s.load.Tags)
	}
	if f.Generated && !f.Annotated {
		words = append(words, "-generated")
	}
	if s.load.Tests {
		words = append(words, "-tests")
	}
	for _, file := range s.models {
		words = append(words, "-models="+file)
	}
	words = append(words, slices.Sorted(slices.Values(s.patterns))...)
	for i, word := range words[1:] {
		words[i+1] = quoted(word)
	}
	return strings.Join(words, " ")
}

// safe is a word that means itself to every shell.
var safe = regexp.MustCompile(`^[-A-Za-z0-9_./=,@+:]+$`)

// quoted makes one word of text for a shell.
func quoted(text string) string {
	if safe.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
