// Package emit turns findings into diagnostics, for all passes alike.
package emit

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/suppress"
)

// Requires is what a pass that uses [Run] requires.
var Requires = []*analysis.Analyzer{config.Analyzer, analyzer.Analyzer}

// width is how wide lanes may be side by side in a diagnostic.
const width = 120

// Run returns the Run function of a pass: it reports what findings returns, with the
// rule as category. What is not wanted, or suppressed, is left out unless the messages
// are for fencelint vet, which counts it.
func Run(findings func(*analyzer.Result) []finding.Finding) func(*analysis.Pass) (any, error) {
	return func(pass *analysis.Pass) (any, error) {
		result := pass.ResultOf[analyzer.Analyzer].(*analyzer.Result)
		opts := pass.ResultOf[config.Analyzer].(*config.Options)
		found := result.Ask(pass.Analyzer.Name, findings)
		for _, why := range result.Unreported() {
			pass.Report(analysis.Diagnostic{Pos: somewhere(pass), Category: analyzer.Failure, Message: why})
		}
		suppress.Mark(found, slices.Concat(result.Ignores, result.Foreign), time.Now())
		if opts.Baseline != nil {
			opts.Baseline.Mark(found)
		}
		for i := range found {
			f := &found[i]
			if !opts.Wire && (f.Suppressed != "" || !opts.Show.Wants(f)) {
				continue
			}
			text, err := message(f, opts.Wire)
			if err != nil {
				return nil, err
			}
			pass.Report(analysis.Diagnostic{Pos: position(pass, f.Pos), Category: f.Rule, Message: text})
		}
		return nil, nil
	}
}

func message(f *finding.Finding, wire bool) (string, error) {
	if !wire {
		layout := finding.Layout{Width: width, File: filepath.Base}
		return layout.Text(f), nil
	}
	text, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("encode finding: %w", err)
	}
	return string(text), nil
}

// position finds a position of a finding among the files of the package.
func position(pass *analysis.Pass, at model.Pos) token.Pos {
	for _, syntax := range pass.Files {
		file := pass.Fset.File(syntax.FileStart)
		if file.Name() != at.File && pass.Fset.Position(syntax.Package).Filename == at.File {
			return generated(pass.Fset, syntax, at)
		}
		if file.Name() != at.File || at.Line < 1 || at.Line > file.LineCount() {
			continue
		}
		// A column can lie beyond the file where a //line comment misled us.
		offset := min(file.Offset(file.LineStart(at.Line))+max(at.Col-1, 0), file.Size())
		return file.Pos(offset)
	}
	return somewhere(pass)
}

// somewhere is where a message stands that is about the package, or about no place in
// sight. A package can be without files that are Go.
func somewhere(pass *analysis.Pass) token.Pos {
	if len(pass.Files) == 0 {
		return token.NoPos
	}
	return pass.Files[0].Package
}

// generated finds a position in a file that was made from the one it is in, as cgo
// does: the last node of the line that does not begin after it.
func generated(fset *token.FileSet, file *ast.File, at model.Pos) token.Pos {
	found, column := file.Package, 0
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		pos := fset.Position(n.Pos())
		if pos.Filename == at.File && pos.Line == at.Line && pos.Column <= at.Col && pos.Column > column {
			found, column = n.Pos(), pos.Column
		}
		return true
	})
	return found
}
