package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/report"
)

// width is how wide text may be that goes to no terminal, so that a file or a pipe gets
// the same wherever it is written.
const width = 150

// settings are the flags of the commands that analyse code.
type settings struct {
	name      string // of the command, as it is typed
	progress  *progress
	formats   []string // that -format can choose
	format    string
	out       string
	rules     list
	minLevel  string
	generated bool
	evidence  bool
	models    list
	config    string
	load      load.Options
	show      list
	patterns  []string
	root      string // of the module

	released func()           // called when the syntax of the packages is let go of; nil: somebody needs it
	program  *load.Program    // once analysed
	parsed   []*model.Package // its model files, in the order of modelFiles

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
	s.name, s.progress = name, newProgress(stderr)
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(stderr)
	set.Usage = func() {
		synopsis := name
		if !strings.Contains(name, "[flags]") {
			synopsis += " [flags]"
		}
		fmt.Fprintf(stderr, "usage: %s [packages]\n", synopsis)
		set.PrintDefaults()
	}
	set.StringVar(&s.out, "o", "", "write to `file` instead of standard output")
	set.StringVar(&s.config, config.ConfigFlag, "", "configuration `file`; "+config.FileName+" at the root of the module if there is one, none with "+config.Off)
	set.Var(&s.models, config.ModelsFlag, "model `file`; may be repeated")
	set.StringVar(&s.load.Tags, "tags", "", "build `tags`, separated by commas")
	set.BoolVar(&s.load.Tests, config.TestsFlag, false, "analyse test files as well")
	return set
}

// findingFlags adds the flags that say which findings are shown, and how.
func findingFlags(set *flag.FlagSet, s *settings) {
	s.formatFlag(set, report.Formats())
	set.Var(&s.rules, config.RulesFlag, "look for these `rules` only, separated by commas")
	set.StringVar(&s.minLevel, config.MinLevelFlag, "", "leave out what is less than this `level`: error, warning or note (default warning, and error where nothing is annotated)")
	set.BoolVar(&s.generated, config.GeneratedFlag, false, "show what is found in generated files without directives as well")
	set.BoolVar(&s.evidence, config.EvidenceFlag, false, "leave out findings that hold only by contract")
	set.Var(&s.show, "show", "what text shows besides the findings: lanes, stats; both lanes and a short summary by default")
}

// baselineFlags adds the flags about findings that are accepted for now.
func baselineFlags(set *flag.FlagSet, s *settings) {
	set.StringVar(&s.baseline, config.BaselineFlag, "", "leave out the findings that are listed in `file`")
	set.BoolVar(&s.writeBaseline, "write-baseline", false, "write the findings to the file of -baseline; refused if that would add some")
	set.BoolVar(&s.force, "force", false, "let -write-baseline add findings")
}

// formatFlag adds the flag that chooses one of formats; the first is the default.
func (s *settings) formatFlag(set *flag.FlagSet, formats []string) {
	s.formats = formats
	set.StringVar(&s.format, "format", formats[0], "one of "+strings.Join(formats, ", "))
}

// parse reads the arguments and the configuration file, and checks what the flags
// cannot.
func (s *settings) parse(ctx context.Context, set *flag.FlagSet, args []string) error {
	if err := set.Parse(args); err != nil {
		return usageError(err)
	}
	var err error
	set.Visit(func(f *flag.Flag) {
		if e := s.check(f.Name, strings.Split(f.Value.String(), ",")); e != nil && err == nil {
			err = fmt.Errorf("-%s: %w", f.Name, e)
		}
	})
	if err != nil {
		return err
	}
	if s.patterns = set.Args(); len(s.patterns) == 0 {
		s.patterns = []string{"./..."}
	}
	if s.root, err = load.Root(ctx, s.load.Dir); err != nil {
		return err
	}
	if err := s.configure(set); err != nil {
		return err
	}
	if s.writeBaseline && s.baseline == "" {
		return errors.New("-write-baseline needs -baseline=FILE, which says where to")
	}
	if s.force && !s.writeBaseline {
		return errors.New("-force is for -write-baseline")
	}
	return nil
}

// check says what is wrong with the values of a flag, or of a key of that name.
func (s *settings) check(name string, values []string) error {
	for _, v := range values {
		switch {
		case name == "format" && !slices.Contains(s.formats, v):
			return fmt.Errorf("%q is none of %s", v, strings.Join(s.formats, ", "))
		case name == "show" && v != "lanes" && v != "stats":
			return fmt.Errorf("%q is neither lanes nor stats", v)
		case name == config.RulesFlag || name == config.MinLevelFlag:
			if err := config.Check(name, []string{v}); err != nil {
				return err
			}
		}
	}
	return nil
}

// configFile is the configuration file that is read, "" for none.
func (s *settings) configFile() string {
	if s.config == config.Off {
		return ""
	}
	return cmp.Or(s.config, config.InRoot(s.root, config.FileName))
}

// configure sets from the configuration file the flags that were not given.
func (s *settings) configure(set *flag.FlagSet) error {
	file := s.configFile()
	if file == "" {
		return nil
	}
	all, err := config.Read(file)
	if err != nil {
		return err
	}
	given := make(map[string]bool)
	set.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for _, setting := range all {
		if given[setting.Key] || set.Lookup(setting.Key) == nil {
			continue // or nothing to this command
		}
		if setting.Key == "format" && set.Lookup(config.RulesFlag) == nil {
			continue // it is that of findings
		}
		if err := s.check(setting.Key, setting.Values); err != nil {
			return setting.Errorf("%w", err)
		}
		if err := set.Set(setting.Key, strings.Join(setting.Values, ",")); err != nil {
			return setting.Errorf("%w", err)
		}
	}
	return nil
}

// usageError keeps flag.ErrHelp; other errors were printed with the usage already and
// are named again in the one line that says why nothing was done.
func usageError(err error) error {
	return fmt.Errorf("bad arguments: %w", err)
}

// shown reports whether a finding is wanted.
func (s *settings) shown(f *finding.Finding) bool {
	want := finding.Filter{Rules: s.rules, MinLevel: finding.Level(s.minLevel), Evidence: s.evidence, Generated: s.generated}
	return want.Wants(f)
}

// modelFiles returns the model files to read: the module's own, then those asked for,
// which may correct it.
func (s *settings) modelFiles() ([]string, error) {
	var files []string
	if own := config.InRoot(s.root, config.ModelFile); own != "" && s.config != config.Off {
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
	opts := report.Options{
		Root:  root,
		Repo:  repository(root),
		Width: width,
		Lanes: len(s.show) == 0 || slices.Contains(s.show, "lanes"),
		Stats: slices.Contains(s.show, "stats"),
		Again: s.again,
	}
	if columns, ok := terminal(w); ok {
		opts.Width, opts.Wrap, opts.Color = columns, true, colorful()
	}
	return report.New(s.format, w, opts)
}

// repository returns the directory of the git repository that a directory is in, "" if
// it is in none.
func repository(dir string) string {
	for {
		if exists(filepath.Join(dir, ".git")) {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// finish writes what a command found that does not judge, and says what could not be
// analysed.
func (s *settings) finish(ctx context.Context, result *analyzer.Result, stdout, stderr io.Writer, write func(io.Writer) error) (int, error) {
	if err := s.output(ctx, stdout, write); err != nil {
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
