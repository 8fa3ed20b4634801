package main

import (
	"context"
	"fmt"
	"go/types"
	"io"
	"runtime"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/baseline"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/suggest"
	"github.com/fencelint/fencelint/report"
)

// doctor says what a run over the packages rests on, and what is amiss with it.
func doctor(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint doctor", &s, stderr)
	set.StringVar(&s.baseline, config.BaselineFlag, "", "the findings in `file` are accepted")
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	accepted, err := s.accepted()
	if err != nil {
		return failed, err
	}
	env, err := load.Environment(ctx)
	if err != nil {
		return failed, err
	}
	result, root, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	state, err := s.diagnose(result, env, accepted)
	if err != nil {
		return failed, err
	}
	return s.finish(ctx, result, stdout, stderr, func(w io.Writer) error {
		return report.Doctor(w, state, report.Options{Root: root})
	})
}

// diagnose gathers what there is to know.
func (s *settings) diagnose(result *analyzer.Result, env load.Env, accepted *baseline.Baseline) (*report.Diagnosis, error) {
	d := &report.Diagnosis{
		Versions: versions(),
		Go:       env.Version + ", " + env.OS + "/" + env.Arch,
		Stats:    result.Stats,
		Model:    result.Model,
		Reported: result.Program.Report,
		Ignores:  len(result.Ignores),
		Problems: result.Problems,
		Unused:   analyzer.CheckModels(s.program.Named, s.parsed),
		Suggest:  suggest.Directives(result.Program, result.Graph()),
		Name:     signatures(s.program),
	}
	if env.Version != runtime.Version() {
		d.Skew = fmt.Sprintf("fencelint was built with %s: code that needs a newer Go than that cannot be read", runtime.Version())
	}
	if file := s.configFile(); file != "" {
		settings, err := config.Read(file)
		if err != nil {
			return nil, err
		}
		d.Config = nearby(file)
		for _, setting := range settings {
			d.Keys = append(d.Keys, setting.Key)
		}
	}
	if accepted != nil {
		d.Baseline, d.Accepted = accepted.File, len(accepted.Entries)
	}
	d.ModelFiles = s.parsed
	return d, nil
}

// signatures returns a function that finds the signatures of the functions of a
// program by key: directives have the names of parameters.
func signatures(program *load.Program) func(key string) *types.Signature {
	found := make(map[string]*types.Signature)
	note := func(fn *types.Func) { found[model.FuncName(fn)] = fn.Signature() }
	for _, p := range program.Named {
		for _, name := range p.Types.Scope().Names() {
			switch obj := p.Types.Scope().Lookup(name).(type) {
			case *types.Func:
				note(obj)
			case *types.TypeName:
				if named, ok := obj.Type().(*types.Named); ok {
					for fn := range named.Methods() {
						note(fn)
					}
				}
			}
		}
	}
	return func(key string) *types.Signature { return found[key] }
}
