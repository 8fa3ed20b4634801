package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"

	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

// meter has the programs that are compared.
type meter struct {
	fencelint, whole, unit string
	cache                  string // the go command's, of this run alone
	opts                   options
}

// contender runs a program on a subject, with the arguments that depend on the round.
func (m *meter) contender(s *subject.Subject, name, program string, args func(round int) []string) measure.Contender {
	return measure.Contender{
		Name:  name,
		Finds: []int{1},
		Command: func(ctx context.Context, round int) (*exec.Cmd, error) {
			cmd := exec.CommandContext(ctx, program, slices.Concat(args(round), s.Patterns)...)
			cmd.Dir = s.Dir
			cmd.Env = append(os.Environ(), "GOCACHE="+m.cache)
			return cmd, nil
		},
	}
}

// always are arguments that are the same in each round.
func always(args ...string) func(int) []string { return func(int) []string { return args } }

// measureWhole compares the whole-program mode with its floor.
func (m *meter) measureWhole(ctx context.Context, w io.Writer, s *subject.Subject) error {
	contenders := []measure.Contender{
		m.contender(s, "load, SSA, VTA", m.whole, always(fmt.Sprintf("-vta=%d", m.opts.vta))),
		m.contender(s, "fencelint", m.fencelint, always("-config=off")),
	}
	// What cgo makes, and what the go command finds out about packages, is then there.
	if err := m.prepare(ctx, contenders[:1]); err != nil {
		return err
	}
	series, err := measure.Run(ctx, m.opts.rounds, m.opts.limits, contenders)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nWhole program:\n\n")
	measure.Print(w, series)
	return nil
}

// measureVet compares vet tools: first with nothing analysed, then once more with
// everything in the cache.
func (m *meter) measureVet(ctx context.Context, w io.Writer, s *subject.Subject) error {
	round := func(flags ...string) func(int) []string {
		return func(n int) []string {
			// A salt becomes part of the cache's key and changes nothing else.
			args := slices.Clone(flags)
			args[len(args)-1] += fmt.Sprintf("=salt%d", n)
			return slices.Concat([]string{"vet", "-json"}, args)
		}
	}
	tools := []struct {
		name string
		args func(int) []string
	}{
		{"SSA, not of the standard library", round("-vettool="+m.unit, "-lean", "-lean.salt")},
		{"SSA of everything, by buildssa", round("-vettool="+m.unit, "-full", "-full.salt")},
		{"go vet", round("-printf.funcs")},
		{"fencelint", round("-vettool="+m.fencelint, "-fencelint.config=off", "-fencelint.salt")},
	}
	var cold, warm []measure.Contender
	for _, t := range tools {
		cold = append(cold, m.contender(s, t.name, "go", t.args))
		warm = append(warm, m.contender(s, t.name, "go", always(t.args(m.opts.rounds)...)))
	}
	warm = append(warm, m.contender(s, "fencelint vet", m.fencelint, always("vet", "-config=off")))
	if err := m.prepare(ctx, cold[:1]); err != nil { // everything is compiled then
		return err
	}
	series, err := measure.Run(ctx, m.opts.rounds, m.opts.limits, cold)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nUnder go vet, with nothing analysed before:\n\n")
	measure.Print(w, series)
	if err := m.prepare(ctx, warm[len(warm)-1:]); err != nil { // it has a salt of its own
		return err
	}
	if series, err = measure.Run(ctx, m.opts.rounds, m.opts.limits, warm); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nUnder go vet, a second time:\n\n")
	measure.Print(w, series)
	return nil
}

// prepare runs commands once without counting what they take.
func (m *meter) prepare(ctx context.Context, contenders []measure.Contender) error {
	_, err := measure.Run(ctx, 1, m.opts.limits, contenders)
	return err
}
