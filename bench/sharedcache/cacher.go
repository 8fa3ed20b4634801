package main

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"time"
)

// The programs of go-tool-cache, as they are installed.
const (
	cacher      = "github.com/bradfitz/go-tool-cache/cmd/go-cacher@v0.0.0-20260722201841-0bb331e19f64"
	cacheServer = "github.com/bradfitz/go-tool-cache/cmd/go-cacher-server@v0.0.0-20260722201841-0bb331e19f64"
)

// server is a cache server on this machine.
type server struct {
	url  string
	stop func()
}

// serve starts a server that keeps its files in dir.
func serve(ctx context.Context, program, dir string) (*server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	free.Close()
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, program, "-cache-dir="+dir, "-listen="+address)
	if err := cmd.Start(); err != nil {
		cancel()
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	s := &server{url: "http://" + address, stop: func() { cancel(); cmd.Wait() }}
	for range 500 {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
			return s, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("%s does not listen at %s", program, address)
}
