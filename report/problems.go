package report

import (
	"fmt"
	"io"

	"github.com/fencelint/fencelint/analyzer/directive"
)

// Problems writes what is wrong with model files, a line each.
func Problems(w io.Writer, problems []directive.Problem, opts Options) error {
	for _, p := range problems {
		if _, err := fmt.Fprintf(w, "%s:%d:%d: %s\n", opts.file(p.Pos.File), p.Pos.Line, p.Pos.Col, p.Message); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%s\n", plural(len(problems), "problem"))
	return err
}
