//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestInterrupt ends runs that would go on for ever: they read a model file which is a
// pipe that nothing comes out of. That somebody has opened it is the sign that the run has
// come so far, and that nobody has it open any more that all is over.
func TestInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command and go vet")
	}
	tests := map[string]struct {
		args   []string
		before int // how often the file is read before that
		signal syscall.Signal
		status int
	}{
		"whole program interrupt": {[]string{"-format=html", "-o=out"}, 0, syscall.SIGINT, 130},
		"whole program terminate": {[]string{"-baseline=out", "-write-baseline", "-force"}, 0, syscall.SIGTERM, 143},
		// vet reads the file itself, to check it and for the key of the cache, and has go vet
		// start it again for each package.
		"vet interrupt": {[]string{"vet", "-o=out"}, 2, syscall.SIGINT, 130},
		"vet terminate": {[]string{"vet", "-o=out"}, 2, syscall.SIGTERM, 143},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			const old = "for linux/amd64\n"
			for file, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "m.go": "package m\n", "out": old} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			pipe := filepath.Join(t.TempDir(), "models")
			mkfifo(t, pipe)
			cmd := exec.CommandContext(t.Context(), "fencelint", append(test.args, "-models="+pipe)...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off", "PWD="+dir)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			awaited := make(chan struct{})
			go func() {
				ended <- cmd.Wait()
				select {
				case <-awaited:
				default: // it ended too early: somebody else has to open what is waited for
					if file, err := os.OpenFile(pipe, os.O_RDWR, 0); err == nil {
						<-awaited
						file.Close()
					}
				}
			}()
			for range test.before {
				models := read(t, pipe)
				mkfifo(t, pipe) // for whoever reads next
				if err := models.Close(); err != nil {
					t.Fatal(err)
				}
			}
			models := read(t, pipe)
			defer models.Close()
			close(awaited)
			if err := cmd.Process.Signal(test.signal); err != nil {
				t.Errorf("it has ended by itself: %v", err)
			}
			if err := <-ended; cmd.ProcessState.ExitCode() != test.status {
				t.Errorf("%v, want exit status %d\n%s", err, test.status, &stderr)
			}
			unread(t, models)
			if got, err := os.ReadFile(filepath.Join(dir, "out")); err != nil || string(got) != old {
				t.Errorf("what was to be written has become %q, %v", got, err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
				t.Errorf("%v, %v are left behind", left, err)
			}
		})
	}
}

// mkfifo makes a pipe of that name, which takes the place of an older one.
func mkfifo(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name+".new", 0o600); err != nil {
		t.Skip(err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		t.Fatal(err)
	}
}

// read waits until somebody reads from a pipe and returns its other end.
func read(t *testing.T, name string) *os.File {
	t.Helper()
	pipe, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pipe
}

// unread waits until nobody reads from a pipe.
func unread(t *testing.T, pipe *os.File) {
	t.Helper()
	fds := []unix.PollFd{{Fd: int32(pipe.Fd())}}
	for {
		n, err := unix.Poll(fds, 30_000) // until the other end is closed, and for nothing else
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil || n == 0:
			t.Fatalf("somebody still reads the model file: %v", err)
		default:
			return
		}
	}
}
