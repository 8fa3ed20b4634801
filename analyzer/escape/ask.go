package escape

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/fencelint/fencelint/internal/child"
)

// Ask has the go command compile packages, in dir, and returns the compiler's results.
// The go command's cache keeps them with the compiled packages: what has not changed
// since is not compiled again.
func Ask(ctx context.Context, dir, tags string, packages []string) (*Results, error) {
	args := []string{"list", "-export", "-gcflags=-m", "-f={{.ImportPath}}\t{{.Dir}}"}
	if tags != "" {
		args = append(args, "-tags="+tags)
	}
	cmd := child.Command(ctx, "go", append(append(args, "--"), packages...)...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the compiler cannot say what is on the heap: %w: %s", err, last(stderr.String()))
	}
	dirs := make(map[string]string)
	for line := range strings.Lines(stdout.String()) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		dirs[path] = dir
	}
	return Parse(dirs, stderr.String()), nil
}

// last returns the last line of a text.
func last(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
