package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/bounded"
	"github.com/fencelint/fencelint/internal/child"
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
	baselineFlags(set, &s)
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	if s.writeBaseline {
		return failed, errors.New("-write-baseline: one package at a time shows less than the whole program: run fencelint without vet")
	}
	accepted, err := s.accepted()
	if err != nil {
		return failed, err
	}
	s.progress.at("running go vet")
	defer s.progress.stop()
	run := vetRun{settings: &s}
	if err := run.prepare(ctx); err != nil {
		return failed, err
	}
	out, err := run.output(ctx)
	if err != nil {
		return failed, err
	}
	found := run.findings(out)
	if accepted != nil {
		accepted.Mark(found)
	}
	return s.write(ctx, stdout, s.root, found, &report.Coverage{Modular: true, Failures: out.failures})
}

type vetRun struct {
	*settings
	models []string
	salt   string
}

// prepare reads what the key of the cache must know.
func (r *vetRun) prepare(ctx context.Context) error {
	files, err := r.modelFiles()
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
		text, err := bounded.ReadFile(file, config.MaxModelFile)
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

// output runs go vet.
func (r *vetRun) output(ctx context.Context) (*vetOutput, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cannot find this program's own file: %w", err)
	}
	prefix := "-" + config.Analyzer.Name + "."
	args := []string{"vet", "-vettool=" + self, "-json", prefix + config.WireFlag, prefix + config.SaltFlag + "=" + r.salt,
		prefix + config.ConfigFlag + "=" + config.Off}
	if len(r.models) > 0 {
		args = append(args, prefix+config.ModelsFlag+"="+strings.Join(r.models, ","))
	}
	if r.load.Tests {
		args = append(args, prefix+config.TestsFlag)
	}
	if r.load.Tags != "" {
		args = append(args, "-tags="+r.load.Tags)
	}
	cmd := child.Command(ctx, "go", append(args, r.patterns...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, load.Explain(errors.New(cmp.Or(stderr.String(), err.Error())))
	}
	out, err := decode(&stdout)
	if err != nil {
		return nil, fmt.Errorf("go vet: %w", err)
	}
	return out, nil
}

// findings returns what is wanted of the output, in order.
func (r *vetRun) findings(out *vetOutput) []finding.Finding {
	found := slices.DeleteFunc(out.findings, func(f finding.Finding) bool {
		return len(r.rules) > 0 && !slices.Contains(r.rules, f.Rule)
	})
	roster.Sort(found)
	return slices.CompactFunc(found, func(a, b finding.Finding) bool {
		return a.Pos == b.Pos && a.Fingerprint == b.Fingerprint
	})
}
