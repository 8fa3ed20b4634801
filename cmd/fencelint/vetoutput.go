package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
)

// vetOutput is what go vet -json printed.
type vetOutput struct {
	findings []finding.Finding
	failures []string // sorted, each once
}

type diagnostic struct {
	Posn     string
	Category string
	Message  string
}

// decode reads what go vet -json prints: for each package an object from package to
// analyzer to diagnostics, with comments between them.
func decode(out io.Reader) (*vetOutput, error) {
	objects, err := uncommented(out)
	if err != nil {
		return nil, err
	}
	found := new(vetOutput)
	for decoder := json.NewDecoder(objects); ; {
		var packages map[string]map[string]json.RawMessage
		if err := decoder.Decode(&packages); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read its output: %w", err)
		}
		for _, path := range slices.Sorted(maps.Keys(packages)) {
			analyzers := packages[path]
			for _, name := range slices.Sorted(maps.Keys(analyzers)) {
				if err := found.add(analyzers[name]); err != nil {
					return nil, fmt.Errorf("%s: %s: %w", path, name, err)
				}
			}
		}
	}
	slices.Sort(found.failures)
	found.failures = slices.Compact(found.failures)
	return found, nil
}

// uncommented drops the lines that begin with #.
func uncommented(out io.Reader) (io.Reader, error) {
	var objects bytes.Buffer
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadBytes('\n')
		if !bytes.HasPrefix(line, []byte("#")) {
			objects.Write(line)
		}
		switch {
		case errors.Is(err, io.EOF):
			return &objects, nil
		case err != nil:
			return nil, fmt.Errorf("read its output: %w", err)
		}
	}
}

// add reads the diagnostics of one analyzer on one package: a list or, where the
// analyzer failed, an object with an error.
func (o *vetOutput) add(raw json.RawMessage) error {
	var failure struct{ Error string }
	if json.Unmarshal(raw, &failure) == nil && failure.Error != "" {
		return errors.New(failure.Error)
	}
	var diagnostics []diagnostic
	if err := json.Unmarshal(raw, &diagnostics); err != nil {
		return fmt.Errorf("read diagnostics: %w", err)
	}
	for _, d := range diagnostics {
		if d.Category == analyzer.Failure {
			o.failures = append(o.failures, d.Message)
			continue
		}
		var f finding.Finding
		if err := json.Unmarshal([]byte(d.Message), &f); err != nil {
			return fmt.Errorf("read finding at %s: %w", d.Posn, err)
		}
		o.findings = append(o.findings, f)
	}
	return nil
}
