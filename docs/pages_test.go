// Package docs holds the pages of the project to what its programs print.
package docs

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "put what the commands print into the pages")

// pages are those with commands in them: a line "    $ COMMAND", and below it what the
// command prints.
var pages = []string{"audit.md", "can-run-job.md", "ci.md", "driver-author.md", "fairness.md", "go-service.md", "reports.md"}

func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs commands")
	}
	for _, page := range pages {
		t.Run(page, func(t *testing.T) {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			want, commands := render(t, string(text))
			if commands == 0 {
				t.Fatal("no command on the page")
			}
			if want == string(text) {
				return
			}
			if !*update {
				t.Fatalf("the page differs from what its commands print; go test ./docs -update puts it right\n%s", want)
			}
			if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// render returns a page with the output of its commands as it is now.
func render(t *testing.T, text string) (page string, commands int) {
	t.Helper()
	var out []string
	skipping, blank := false, 0 // lines of output, and empty ones that may be output too
	for line := range strings.SplitSeq(text, "\n") {
		command, ok := strings.CutPrefix(line, "    $ ")
		switch {
		case skipping && line == "":
			blank++
			continue
		case skipping && strings.HasPrefix(line, "    ") && !ok:
			blank = 0
			continue
		}
		out = append(out, make([]string, blank)...)
		skipping, blank = false, 0
		out = append(out, line)
		if !ok {
			continue
		}
		commands++
		skipping = true
		for printed := range strings.SplitSeq(strings.TrimRight(output(t, command), "\n"), "\n") {
			out = append(out, strings.TrimRight("    "+printed, " "))
		}
	}
	return strings.Join(append(out, make([]string, blank)...), "\n"), commands
}

func output(t *testing.T, command string) string {
	t.Helper()
	cmd := exec.Command("bash", "-c", command)
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	printed, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, &stderr)
	}
	return string(printed)
}
