package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// width is how wide text may be. It does not depend on the terminal, so that what a
// run prints does not either.
const width = 150

// modelFile is read by itself where it lies at the root of the module.
const modelFile = "fencelint.models"

// settings are the flags of the commands that analyse code.
type settings struct {
	formats  []string // that -format can choose
	format   string
	out      string
	rules    list
	minLevel string
	evidence bool
	models   list
	load     load.Options
	show     list
	patterns []string

	baseline      string
	writeBaseline bool
	force         bool
}

// list is a flag that can be repeated, and whose values can be joined by commas.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(text string) error {
	*l = append(*l, strings.Split(text, ",")...)
	return nil
}

// newFlags returns the flags that every analysing command has.
func newFlags(name string, s *settings, stderr io.Writer) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(stderr)
	set.Usage = func() {
		fmt.Fprintf(stderr, "usage: %s [flags] [packages]\n", name)
		set.PrintDefaults()
	}
	set.StringVar(&s.out, "o", "", "write to `file` instead of standard output")
	set.Var(&s.models, "models", "model `file`; may be repeated")
	set.StringVar(&s.load.Tags, "tags", "", "build `tags`, separated by commas")
	set.BoolVar(&s.load.Tests, "tests", false, "analyse test files as well")
	return set
}

// findingFlags adds the flags that say which findings are shown, and how.
func findingFlags(set *flag.FlagSet, s *settings) {
	s.formatFlag(set, report.Formats())
	set.Var(&s.rules, "rules", "look for these `rules` only, separated by commas")
	set.StringVar(&s.minLevel, "min-level", string(finding.Warning), "leave out what is less than error, warning or note")
	set.BoolVar(&s.evidence, "evidence", false, "leave out findings that hold only by contract")
	set.Var(&s.show, "show", "what text shows besides the findings: lanes, stats; both lanes and a short summary by default")
}

// baselineFlags adds the flags about findings that are accepted for now.
func baselineFlags(set *flag.FlagSet, s *settings) {
	set.StringVar(&s.baseline, "baseline", "", "leave out the findings that are listed in `file`")
	set.BoolVar(&s.writeBaseline, "write-baseline", false, "write the findings to the file of -baseline; refused if that would add some")
	set.BoolVar(&s.force, "force", false, "let -write-baseline add findings")
}

// formatFlag adds the flag that chooses one of formats; the first is the default.
func (s *settings) formatFlag(set *flag.FlagSet, formats []string) {
	s.formats = formats
	set.StringVar(&s.format, "format", formats[0], "one of "+strings.Join(formats, ", "))
}

// parse reads the arguments and checks what the flags cannot.
func (s *settings) parse(set *flag.FlagSet, args []string) error {
	if err := set.Parse(args); err != nil {
		return usageError(err)
	}
	if len(s.formats) > 0 && !slices.Contains(s.formats, s.format) {
		return fmt.Errorf("-format: %q is none of %s", s.format, strings.Join(s.formats, ", "))
	}
	for _, rule := range s.rules {
		if !slices.Contains(roster.Rules(), rule) {
			return fmt.Errorf("-rules: no rule is called %q", rule)
		}
	}
	for _, what := range s.show {
		if what != "lanes" && what != "stats" {
			return fmt.Errorf("-show: %q is neither lanes nor stats", what)
		}
	}
	if s.writeBaseline && s.baseline == "" {
		return errors.New("-write-baseline needs -baseline=FILE, which says where to")
	}
	if s.force && !s.writeBaseline {
		return errors.New("-force is for -write-baseline")
	}
	if set.Lookup("min-level") != nil && rank(finding.Level(s.minLevel)) < 0 {
		return fmt.Errorf("-min-level: %q is none of error, warning and note", s.minLevel)
	}
	if s.patterns = set.Args(); len(s.patterns) == 0 {
		s.patterns = []string{"./..."}
	}
	return nil
}

// usageError keeps flag.ErrHelp; other errors were printed with the usage already and
// are named again in the one line that says why nothing was done.
func usageError(err error) error {
	return fmt.Errorf("bad arguments: %w", err)
}

// levels are the levels, worst first.
var levels = []finding.Level{finding.Error, finding.Warning, finding.Note}

func rank(l finding.Level) int { return slices.Index(levels, l) }

// shown reports whether a finding is wanted.
func (s *settings) shown(f *finding.Finding) bool {
	return (len(s.rules) == 0 || slices.Contains(s.rules, f.Rule)) &&
		rank(f.Level) <= rank(finding.Level(s.minLevel)) &&
		!(s.evidence && f.Verdict == finding.Contract)
}

// modelFiles returns the model files to read: the module's own, then those asked for,
// which may correct it.
func (s *settings) modelFiles(root string) ([]string, error) {
	var files []string
	if own := filepath.Join(root, modelFile); exists(own) {
		files = append(files, own)
	}
	for _, name := range s.models {
		// Vet tools run in the directory of the package.
		file, err := filepath.Abs(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read model file: %w", err)
		}
		files = append(files, file)
	}
	return files, nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// handler returns what writes findings to w in the format that was chosen.
func (s *settings) handler(w io.Writer, root string) (report.Handler, error) {
	return report.New(s.format, w, report.Options{
		Root:  root,
		Width: width,
		Lanes: len(s.show) == 0 || slices.Contains(s.show, "lanes"),
		Stats: slices.Contains(s.show, "stats"),
	})
}

// finish writes what a command found that does not judge, and says what could not be
// analysed.
func (s *settings) finish(result *analyzer.Result, stdout, stderr io.Writer, write func(io.Writer) error) (int, error) {
	if err := s.output(stdout, write); err != nil {
		return failed, err
	}
	for _, failure := range result.Failures {
		fmt.Fprintf(stderr, "not analysed: %s\n", failure)
	}
	if len(result.Failures) > 0 {
		return failed, nil
	}
	return clean, nil
}
