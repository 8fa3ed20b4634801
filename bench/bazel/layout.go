package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/golist"
)

const (
	module = "github.com/fencelint/fencelint"
	tools  = "golang.org/x/tools"
	rules  = "github.com/bazelbuild/rules_go@v0.41.0"
)

// debian is where Debian has what belongs to Bazel.
const debian = "/usr/share/bazel"

// passes are what nogo runs.
var passes = []string{"allocctx", "directives", "fencelife", "fencesignal", "waitcycle", "wakeup"}

// layout is a workspace of Bazel's below a directory, made of the repository at root.
type layout struct{ root, dir string }

func (l layout) workspace() string { return filepath.Join(l.dir, "workspace") }

// write lays out the repositories: rules_go, rules_cc, x/tools, which nogo is built with,
// and the workspace, with fencelint, what it needs, and the packages to build.
func (l layout) write(ctx context.Context, named []golist.Package) error {
	if err := l.patched(ctx); err != nil {
		return err
	}
	if err := l.toolchain(ctx); err != nil {
		return err
	}
	needed, err := golist.List(ctx, l.root, "-deps", "./passes/...", tools+"/internal/facts", tools+"/go/gcexportdata", tools+"/go/analysis")
	if err != nil {
		return err
	}
	all := make(map[string]bool)
	for _, p := range append(needed, named...) {
		all[p.ImportPath] = !p.Standard
	}
	for _, p := range append(needed, named...) {
		if !p.Standard {
			if err := l.library(p, all); err != nil {
				return err
			}
		}
	}
	var deps []string
	for _, pass := range passes {
		deps = append(deps, label(module+"/passes/"+pass))
	}
	build := fmt.Sprintf("load(\"@io_bazel_rules_go//go:def.bzl\", \"nogo\")\n\nnogo(name = \"nogo\", visibility = [\"//visibility:public\"], deps = %s)\n", list(deps))
	if err := os.WriteFile(filepath.Join(l.workspace(), "BUILD.bazel"), []byte(build), 0o666); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(l.dir, "tools", "WORKSPACE"), []byte("workspace(name = \"org_golang_x_tools\")\n"), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(l.workspace(), "WORKSPACE"), []byte(l.repositories()), 0o666)
}

// repositories is the workspace's own file.
func (l layout) repositories() string {
	var b strings.Builder
	fmt.Fprintln(&b, `workspace(name = "fencelint")`)
	for _, r := range [][2]string{
		{"io_bazel_rules_go", filepath.Join(l.dir, "rules_go")},
		{"rules_cc", filepath.Join(l.dir, "rules_cc")},
		{"org_golang_x_tools", filepath.Join(l.dir, "tools")},
		{"bazel_skylib", debian + "/tools/skylib"},
		{"platforms", debian + "/tools/platforms"},
		{"rules_java", debian + "/rules/java"},
		{"rules_proto", debian + "/rules/proto"},
	} {
		fmt.Fprintf(&b, "local_repository(name = %q, path = %q)\n", r[0], r[1])
	}
	fmt.Fprintf(&b, `load("@io_bazel_rules_go//go:deps.bzl", "go_local_sdk", "go_register_toolchains", "go_rules_dependencies")
go_local_sdk(name = "go_sdk", path = %q)
go_rules_dependencies()
go_register_toolchains(nogo = "@//:nogo")
`, l.goroot())
	return b.String()
}

// patched copies rules_go and rules_cc, and makes them fit.
func (l layout) patched(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", rules)
	if err := os.MkdirAll(l.dir, 0o777); err != nil {
		return err
	}
	cmd.Dir = l.dir // where no module's requirements count
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("download %s: %w", rules, err)
	}
	var download struct{ Dir string }
	if err := json.Unmarshal(out, &download); err != nil {
		return fmt.Errorf("download %s: %w", rules, err)
	}
	for name, from := range map[string]string{"rules_go": download.Dir, "rules_cc": debian + "/rules/cc"} {
		if err := os.RemoveAll(filepath.Join(l.dir, name)); err != nil {
			return err
		}
		if err := os.CopyFS(filepath.Join(l.dir, name), os.DirFS(from)); err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	for _, p := range patches {
		if err := p.apply(l.dir); err != nil {
			return err
		}
	}
	return nil
}

func (l layout) goroot() string { return filepath.Join(l.dir, "goroot") }

// toolchain makes a Go distribution of links that has pack, which rules_go adds facts to
// archives with, and which the distribution leaves to be built.
func (l layout) toolchain(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("find the Go distribution: %w", err)
	}
	if err := os.RemoveAll(l.goroot()); err != nil {
		return err
	}
	root, folder := strings.TrimSpace(string(out)), ""
	for _, next := range []string{"pkg", "tool", runtime.GOOS + "_" + runtime.GOARCH, ""} {
		entries, err := os.ReadDir(filepath.Join(root, folder))
		if err != nil {
			return err
		}
		if err := os.Mkdir(filepath.Join(l.goroot(), folder), 0o777); err != nil {
			return err
		}
		for _, e := range entries {
			if name := filepath.Join(folder, e.Name()); e.Name() != next {
				if err := os.Symlink(filepath.Join(root, name), filepath.Join(l.goroot(), name)); err != nil {
					return err
				}
			}
		}
		folder = filepath.Join(folder, next)
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(l.goroot(), folder, "pack"), "cmd/pack")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build pack: %w\n%s", err, out)
	}
	return nil
}

// place returns the repository of a package, and where it is there.
func place(importPath string) (repository, folder string) {
	if rest, ok := strings.CutPrefix(importPath, tools+"/"); ok {
		return "tools", rest
	}
	if rest, ok := strings.CutPrefix(importPath, module+"/"); ok {
		return "workspace", rest
	}
	return "workspace", "third_party/" + importPath
}

// label returns Bazel's name of a package.
func label(importPath string) string {
	repository, folder := place(importPath)
	at := "@fencelint"
	if repository == "tools" {
		at = "@org_golang_x_tools"
	}
	return at + "//" + folder + ":" + path.Base(folder)
}

// library copies a package, and writes its rule.
func (l layout) library(p golist.Package, all map[string]bool) error {
	repository, folder := place(p.ImportPath)
	dir := filepath.Join(l.dir, repository, filepath.FromSlash(folder))
	for _, name := range append(p.GoFiles, p.EmbedFiles...) {
		text, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(to, text, 0o666); err != nil {
			return err
		}
	}
	var deps []string
	for _, imported := range p.Imports {
		if all[imported] {
			deps = append(deps, label(imported))
		}
	}
	rule := fmt.Sprintf(`load("@io_bazel_rules_go//go:def.bzl", "go_library")

go_library(
    name = %q,
    srcs = %s,
    embedsrcs = %s,
    importpath = %q,
    visibility = ["//visibility:public"],
    deps = %s,
)
`, path.Base(folder), list(p.GoFiles), list(p.EmbedFiles), p.ImportPath, list(deps))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "BUILD.bazel"), []byte(rule), 0o666)
}

// list writes a list of Bazel's.
func list(texts []string) string {
	var quoted []string
	for _, text := range texts {
		quoted = append(quoted, fmt.Sprintf("%q", text))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
