package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// vet analyses one package at a time: it runs go vet with this very program as its
// tool.
//
// The go command caches what vet prints. Its key knows neither the contents of model
// files nor which packages were asked for by name and which are mere dependencies,
// whose findings are dropped. A salt among the flags, which are part of the key,
// puts both in.
func vet(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint vet", &s, stderr)
	findingFlags(set, &s)
	if err := s.parse(set, args); err != nil {
		return failed, err
	}
	root, err := load.Root(ctx, "")
	if err != nil {
		return failed, err
	}
	run := vetRun{settings: &s, root: root}
	if err := run.prepare(ctx); err != nil {
		return failed, err
	}
	found, err := run.findings(ctx)
	if err != nil {
		return failed, err
	}
	return s.write(stdout, root, found, &report.Coverage{Modular: true})
}

type vetRun struct {
	*settings
	root   string
	models []string
	salt   string
}

// prepare reads what the key of the cache must know.
func (r *vetRun) prepare(ctx context.Context) error {
	files, err := r.modelFiles(r.root)
	if err != nil {
		return err
	}
	if _, err := config.Models(files...); err != nil {
		return err
	}
	r.models = files
	named, err := load.List(ctx, r.load, r.patterns...)
	if err != nil {
		return err
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%q", named)
	for _, file := range r.models {
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("cannot read model file: %w", err)
		}
		fmt.Fprintf(hash, "%q", text)
	}
	// An ignore directive can expire over night.
	fmt.Fprint(hash, time.Now().Format(time.DateOnly))
	r.salt = fmt.Sprintf("%x", hash.Sum(nil)[:8])
	return nil
}

func (r *vetRun) findings(ctx context.Context) ([]finding.Finding, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cannot find this program's own file: %w", err)
	}
	prefix := "-" + config.Analyzer.Name + "."
	args := []string{"vet", "-vettool=" + self, "-json", prefix + config.WireFlag, prefix + config.SaltFlag + "=" + r.salt}
	if len(r.models) > 0 {
		args = append(args, prefix+config.ModelsFlag+"="+strings.Join(r.models, ","))
	}
	if r.load.Tags != "" {
		args = append(args, "-tags="+r.load.Tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, r.patterns...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, load.Explain(errors.New(cmp.Or(errs.String(), err.Error())))
	}
	found, err := decode(&out)
	if err != nil {
		return nil, fmt.Errorf("go vet: %w", err)
	}
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return !r.load.Tests && strings.HasSuffix(f.Pos.File, "_test.go") })
	roster.Sort(found)
	return slices.CompactFunc(found, func(a, b finding.Finding) bool { return a.Pos == b.Pos && a.Fingerprint == b.Fingerprint }), nil
}

// decode reads what go vet -json prints: for each package an object from package to
// analyzer to diagnostics, and comments between them.
func decode(out io.Reader) ([]finding.Finding, error) {
	var objects bytes.Buffer
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		if !bytes.HasPrefix(line, []byte("#")) {
			objects.Write(line)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	var found []finding.Finding
	decoder := json.NewDecoder(&objects)
	for {
		var packages map[string]map[string]json.RawMessage
		if err := decoder.Decode(&packages); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, fmt.Errorf("read its output: %w", err)
		}
		for path, analyzers := range packages {
			for name, raw := range analyzers {
				diagnostics, err := diagnosed(raw)
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", path, name, err)
				}
				found = append(found, diagnostics...)
			}
		}
	}
}

// diagnosed reads the diagnostics of one analyzer on one package: a list or, where
// the analyzer failed, an object with an error.
func diagnosed(raw json.RawMessage) ([]finding.Finding, error) {
	var failure struct{ Err string }
	if json.Unmarshal(raw, &failure) == nil && failure.Err != "" {
		return nil, errors.New(failure.Err)
	}
	var diagnostics []struct{ Message string }
	if err := json.Unmarshal(raw, &diagnostics); err != nil {
		return nil, fmt.Errorf("read diagnostics: %w", err)
	}
	found := make([]finding.Finding, len(diagnostics))
	for i, d := range diagnostics {
		if err := json.Unmarshal([]byte(d.Message), &found[i]); err != nil {
			return nil, fmt.Errorf("read finding: %w", err)
		}
	}
	return found, nil
}
