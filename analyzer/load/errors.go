package load

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Broken returns what keeps pkgs, or what they import, from being analysed: the
// first problem by position, and how many more there are.
func Broken(root string, pkgs []*packages.Package) error {
	var problems []packages.Error
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		problems = append(problems, p.Errors...)
		if p.Module != nil && p.Module.Error != nil {
			problems = append(problems, packages.Error{Msg: p.Module.Error.Err})
		}
	})
	if len(problems) == 0 {
		return nil
	}
	for _, p := range problems {
		if err := tooNew(p.Msg); err != nil {
			return err
		}
	}
	// A package that cannot be listed or parsed explains the type errors after it.
	slices.SortFunc(problems, func(a, b packages.Error) int {
		return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), comparePos(a.Pos, b.Pos), cmp.Compare(a.Msg, b.Msg))
	})
	problems = slices.CompactFunc(problems, func(a, b packages.Error) bool { return a.Pos == b.Pos && a.Msg == b.Msg })
	first := problems[0]
	text := oneLine(first.Msg)
	if pos := relative(root, first.Pos); pos != "" && pos != "-" {
		text = pos + ": " + text
	}
	if more := len(problems) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	if first.Kind == packages.TypeError || first.Kind == packages.ParseError {
		text += ": fencelint analyses code that compiles"
	}
	return errors.New(text)
}

func rank(k packages.ErrorKind) int {
	switch k {
	case packages.ListError:
		return 0
	case packages.ParseError:
		return 1
	}
	return 2
}

// comparePos orders "file:line:col" by number.
func comparePos(a, b string) int {
	fileA, lineA, colA := splitPos(a)
	fileB, lineB, colB := splitPos(b)
	return cmp.Or(cmp.Compare(fileA, fileB), cmp.Compare(lineA, lineB), cmp.Compare(colA, colB))
}

func splitPos(pos string) (file string, line, col int) {
	parts := strings.Split(pos, ":")
	if len(parts) < 3 {
		return pos, 0, 0
	}
	n := len(parts)
	line, _ = strconv.Atoi(parts[n-2])
	col, _ = strconv.Atoi(parts[n-1])
	return strings.Join(parts[:n-2], ":"), line, col
}

func relative(root, pos string) string {
	if rel, err := filepath.Rel(root, pos); err == nil && !strings.HasPrefix(rel, "..") && filepath.IsAbs(pos) {
		return filepath.ToSlash(rel)
	}
	return pos
}

// Explain turns what the go command printed into one sentence.
func Explain(err error) error {
	if err := tooNew(err.Error()); err != nil {
		return err
	}
	text := err.Error()
	if _, after, ok := strings.Cut(text, "stderr: "); ok {
		text = after
	}
	return errors.New(oneLine(text))
}

var (
	requiresGo    = regexp.MustCompile(`requires go ?>= ?(\S+)`)
	requiresNewer = regexp.MustCompile(`requires newer Go version (go\S+)`)
)

// tooNew recognises code that needs a newer Go than the one that reads it.
func tooNew(text string) error {
	for _, re := range []*regexp.Regexp{requiresGo, requiresNewer} {
		if m := re.FindStringSubmatch(text); m != nil {
			version := strings.TrimPrefix(m[1], "go")
			return fmt.Errorf("the code needs go %s, fencelint was built with %s: install a newer Go and build fencelint with it", version, runtime.Version())
		}
	}
	return nil
}

// oneLine folds the lines of a message of the go command.
func oneLine(text string) string {
	var folded string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "go: "))
		switch {
		case line == "" || strings.HasPrefix(line, "# "):
		case folded == "":
			folded = line
		case strings.HasSuffix(folded, ":"):
			folded += " " + line
		default:
			folded += "; " + line
		}
	}
	return folded
}
