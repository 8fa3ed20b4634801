package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		p := &progress{w: &b, width: 34}
		p.at("loading packages")
		time.Sleep(patience - 1)
		if b.Len() > 0 {
			t.Errorf("a short run says %q", b.String())
		}
		time.Sleep(beat)
		p.at("analysing 1234 packages")
		time.Sleep(2 * time.Second)
		p.stop()
		p.stop()
		const erase = "\r\x1b[2K"
		lines := strings.Split(b.String(), erase)
		if lines[1] != "fencelint: loading packages (1s)" || lines[len(lines)-2] != "fencelint: analysing 1234 packag…" || lines[len(lines)-1] != "" {
			t.Errorf("the lines are %q", lines)
		}
	})
}

func TestProgressOfShortRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		p := &progress{w: &b, width: 80}
		p.at("loading packages")
		time.Sleep(patience / 2)
		p.stop()
		if b.Len() > 0 {
			t.Errorf("a short run says %q", b.String())
		}
	})
}

// What is no terminal is left alone.
func TestNoProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b strings.Builder
		p := newProgress(&b)
		p.at("loading packages")
		time.Sleep(time.Hour)
		p.stop()
		if b.Len() > 0 {
			t.Errorf("a file gets %q", b.String())
		}
	})
}
