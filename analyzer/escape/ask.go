package escape

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// Ask has the go command compile packages, in dir, and returns the compiler's results.
// The go command's cache keeps them with the compiled packages: what has not changed
// since is not compiled again.
func Ask(ctx context.Context, dir, tags string, packages []string) (*Results, error) {
	dir, err := filepath.Abs(dir) // the compiler prints names relative to it
	if err != nil {
		return nil, fmt.Errorf("cannot compile: %w", err)
	}
	args := []string{"list", "-export", "-gcflags=-m"}
	if tags != "" {
		args = append(args, "-tags="+tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), packages...)...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the compiler cannot say what is on the heap: %w: %s", err, last(stderr.String()))
	}
	return Parse(dir, stderr.String()), nil
}

// last returns the last line of a text.
func last(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
