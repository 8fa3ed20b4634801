package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// patch replaces a text in a file, wherever it stands there.
type patch struct{ file, old, new string }

// patches make rules_go 0.41, which wants Bazel 5.4 and knows Go up to 1.20, and Debian's
// rules_cc 0.0.4 fit Bazel 4.2.3 and the Go of today. Nothing that a library or nogo is
// built by is changed.
var patches = []patch{
	// Of Bazel 5.3 and newer. Tests and binaries, which have it, are not built here.
	{"rules_go/go/private/rules/test.bzl", "RunEnvironmentInfo(env, ctx.attr.env_inherit)", "testing.TestEnvironment(env)"},
	{"rules_go/go/private/rules/binary.bzl", "RunEnvironmentInfo(environment = env)", "testing.TestEnvironment(env)"},
	{"rules_go/go/private/rules/test.bzl", `            default = configuration_field(fragment = "coverage", name = "output_generator"),` + "\n", ""},
	{"rules_go/go/private/sdk.bzl", "goarch = ctx.os.arch", `goarch = getattr(ctx.os, "arch", "amd64")`},
	// What it returns is not used.
	{"rules_go/go/private/actions/archive.bzl", "    runfiles.merge_all(files)\n", ""},
	// Names of settings are read in the repository of whoever is built, before Bazel 5.
	{"rules_go/go/private/rules/transition.bzl", `"//go/`, `"@io_bazel_rules_go//go/`},
	// The Go of today does not know this experiment any more.
	{"rules_go/go/private/sdk.bzl", `experiments = experiments + ["nocoverageredesign"]`, "pass"},
	// x/tools of today asks by path.
	{"rules_go/go/tools/builders/nogo_main.go", "readFacts(pkg *types.Package)", "readFacts(path string)"},
	{"rules_go/go/tools/builders/nogo_main.go", "i.factMap[pkg.Path()]", "i.factMap[path]"},

	{"rules_cc/cc/private/rules_impl/compiler_flag.bzl", `, "use_cpp_toolchain"`, ""},
	{"rules_cc/cc/private/rules_impl/compiler_flag.bzl", "    toolchains = use_cpp_toolchain(),\n", ""},
	{"rules_cc/cc/private/rules_impl/cc_flags_supplier.bzl", `, "use_cpp_toolchain"`, ""},
	{"rules_cc/cc/private/rules_impl/cc_flags_supplier.bzl", "    toolchains = use_cpp_toolchain(),", "   "},
}

func (p patch) apply(dir string) error {
	file := filepath.Join(dir, filepath.FromSlash(p.file))
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("patch %s: %w", p.file, err)
	}
	if !strings.Contains(string(text), p.old) {
		return fmt.Errorf("patch %s: it has no %q", p.file, p.old)
	}
	return os.WriteFile(file, []byte(strings.ReplaceAll(string(text), p.old, p.new)), 0o666)
}
