package analyzer

import (
	"os/exec"
	"strings"
	"testing"
)

func TestPackageOf(t *testing.T) {
	for key, want := range map[string]string{
		"example.org/a/b.F":                             "example.org/a/b",
		"example.org/a/b.F$1$2":                         "example.org/a/b",
		"(*example.org/a/b.T).M":                        "example.org/a/b",
		"(example.org/a/b.T).M$1":                       "example.org/a/b",
		"(*example.org/a/b.T[example.org/c.K]).M":       "example.org/a/b",
		"(*gopkg.in/yaml%2ev3.T).M":                     "gopkg.in/yaml%2ev3",
		"main.main":                                     "main",
		"fmt.Println":                                   "fmt",
		"(*sync.Mutex).Lock":                            "sync",
		"example.org/a/b.F[map[string]example.org/c.V]": "example.org/a/b",
	} {
		if got := packageOf(key); got != want {
			t.Errorf("packageOf(%q) = %q, want %q", key, got, want)
		}
	}
}

func TestStandard(t *testing.T) {
	for path, want := range map[string]bool{
		"fmt": true, "net/http": true, "internal/abi": true, "vendor/golang.org/x/net/idna": true,
		"a": false, "example.org/fmt": false, "main": false, "command-line-arguments": false, "": false,
	} {
		if got := standard(path); got != want {
			t.Errorf("standard(%q) = %v, want %v", path, got, want)
		}
	}
}

// A new package of the standard library would be walked, and its users with it.
func TestStandardIsComplete(t *testing.T) {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if !standard(path) {
			t.Errorf("%s is not taken to be standard", path)
		}
	}
}
