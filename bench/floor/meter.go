package main

import (
	"context"
	"fmt"
	"io"

	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

// meter has the programs that are compared.
type meter struct {
	fencelint, whole, unit string
	cache                  string // the go command's, of this run alone
	opts                   options
}

// measureWhole compares the whole-program mode with its floor.
func (m *meter) measureWhole(ctx context.Context, w io.Writer, s *subject.Subject) error {
	contenders := []measure.Contender{
		s.Program("load, SSA, VTA", m.cache, m.whole, fmt.Sprintf("-vta=%d", m.opts.vta)),
		s.Fencelint(m.cache, m.fencelint),
	}
	// What cgo makes, and what the go command finds out about packages, is then there.
	if err := m.prepare(ctx, contenders[0]); err != nil {
		return err
	}
	return m.compare(ctx, w, "Whole program:", contenders)
}

// measureVet compares vet tools: first with nothing analysed, then once more with
// everything in the cache.
func (m *meter) measureVet(ctx context.Context, w io.Writer, s *subject.Subject) error {
	cold := []measure.Contender{
		s.Vet("SSA, not of the standard library", m.cache, "-vettool="+m.unit, "-lean", "-lean.salt"),
		s.Vet("SSA of everything, by buildssa", m.cache, "-vettool="+m.unit, "-full", "-full.salt"),
		s.Vet("go vet", m.cache, "-printf.funcs"),
		s.Vet("fencelint", m.cache, "-vettool="+m.fencelint, "-fencelint.config=off", "-fencelint.salt"),
	}
	if err := m.prepare(ctx, subject.Again(cold[0], 0)); err != nil { // everything is compiled then, and nothing analysed of a round that counts
		return err
	}
	if err := m.compare(ctx, w, "Under go vet, with nothing analysed before:", cold); err != nil {
		return err
	}
	var warm []measure.Contender
	for _, c := range cold {
		warm = append(warm, subject.Again(c, m.opts.rounds))
	}
	salted := s.Program("fencelint vet", m.cache, m.fencelint, "vet", "-config=off") // has a salt of its own
	if err := m.prepare(ctx, salted); err != nil {
		return err
	}
	return m.compare(ctx, w, "Under go vet, a second time:", append(warm, salted))
}

// compare measures and prints.
func (m *meter) compare(ctx context.Context, w io.Writer, title string, contenders []measure.Contender) error {
	series, err := measure.Run(ctx, m.opts.rounds, m.opts.limits, contenders)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s\n\n", title)
	measure.Print(w, series)
	return nil
}

// prepare runs a command once without counting what it takes.
func (m *meter) prepare(ctx context.Context, c measure.Contender) error {
	_, err := measure.Run(ctx, 1, m.opts.limits, []measure.Contender{c})
	return err
}
