package main

import (
	"flag"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the sessions expect")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fencelint": main})
}

// TestSessions replays what a user types, and compares what they see.
func TestSessions(t *testing.T) {
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": status, "tty": tty},
		Setup: func(env *testscript.Env) error {
			env.Setenv("GOCACHE", string(cache[:len(cache)-1]))
			env.Setenv("GOPROXY", "off")
			env.Setenv("GOTOOLCHAIN", "local")
			env.Setenv("GOWORK", "off")
			env.Setenv("GOFLAGS", "")
			return nil
		},
	})
}

// status runs a command that must exit with a status: status 2 fencelint ./...
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// tty runs a command whose output goes to a terminal of that many columns, which must
// exit with a status, and puts what the terminal gets into a file: tty 80 1 out fencelint ./...
func tty(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: tty COLUMNS STATUS FILE command [args...]")
	}
	columns, err := strconv.ParseUint(args[0], 10, 16)
	ts.Check(err)
	path, err := exec.LookPath(args[3])
	ts.Check(err)
	cmd := exec.Command(path, args[4:]...)
	cmd.Dir = ts.Getenv("WORK")
	for _, name := range []string{"PATH", "HOME", "GOCACHE", "GOPROXY", "GOTOOLCHAIN", "GOWORK", "GOFLAGS", "TERM", "NO_COLOR", "TMPDIR", "GOMODCACHE"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: uint16(columns)})
	if err != nil {
		ts.Fatalf("no terminal: %v", err)
	}
	// Reading ends with an error where the last process has left the terminal.
	out, _ := io.ReadAll(terminal)
	ts.Check(terminal.Close())
	if err := cmd.Wait(); err != nil && cmd.ProcessState == nil {
		ts.Fatalf("%v", err)
	}
	if got := strconv.Itoa(cmd.ProcessState.ExitCode()); got != args[1] {
		ts.Fatalf("exit status %s, want %s\n%s", got, args[1], out)
	}
	// A terminal gets carriage returns, and a long run the line that says what it is at.
	text := strings.ReplaceAll(string(out), "\r\n", "\n")
	text = passing.ReplaceAllString(text, "")
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o644))
}

var passing = regexp.MustCompile(`\r\x1b\[2K(fencelint: [^\r\n]* \(\d+s\))?`)
