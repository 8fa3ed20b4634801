// Sharedcache shows that what fencelint finds out under go vet can come from a cache that
// machines share. The go command speaks to such a cache through the program that GOCACHEPROG
// names; here that is go-cacher, with a server that keeps files, both on this machine.
//
//	go run ./bench/sharedcache [flags] [subject ...]
//
// A first checkout fills the cache. Then others, each with nothing of its own but the code,
// are analysed, and what is printed is how often the tool was run for that, and whether it
// found the same.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

func main() {
	limit := flag.Duration("limit", 10*time.Minute, "`time` for one run")
	flag.Parse()
	subjects := flag.Args()
	if len(subjects) == 0 {
		subjects = []string{"raft"}
	}
	command.Main("sharedcache", func(ctx context.Context) error { return run(ctx, os.Stdout, *limit, subjects) })
}

func run(ctx context.Context, w io.Writer, limit time.Duration, subjects []string) error {
	list, err := subject.List(subjects)
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "sharedcache")
	if err != nil {
		return err
	}
	defer shop.Close()
	for _, pkg := range []string{cacher, cacheServer} {
		if err := shop.Install(ctx, pkg); err != nil {
			return err
		}
	}
	for i := range list {
		s := &list[i]
		if err := s.Fetch(ctx, filepath.Join(shop.Root, subject.Versions), filepath.Join(shop.Dir, "code")); err != nil {
			return err
		}
		served, err := serve(ctx, filepath.Join(shop.Dir, "go-cacher-server"), filepath.Join(shop.Dir, "server", s.Name))
		if err != nil {
			return err
		}
		b := bench{
			fencelint: shop.Fencelint.Path(), dir: filepath.Join(shop.Dir, "work", s.Name), source: s.Dir, patterns: s.Patterns,
			cache: func(local string) string {
				return fmt.Sprintf("%s -cache-dir=%s -cache-server=%s", filepath.Join(shop.Dir, "go-cacher"), local, served.url)
			},
		}
		err = b.print(ctx, w, s.Name, limit)
		served.stop()
		if err != nil {
			return err
		}
	}
	return nil
}
