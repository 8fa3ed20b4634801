package fault_test

import (
	"errors"
	"regexp"
	"testing"

	"github.com/fencelint/fencelint/analyzer/fault"
)

func TestGuard(t *testing.T) {
	var none []int
	tests := map[string]struct {
		do   func()
		want string
	}{
		"fine":           {func() {}, `^$`},
		"text":           {func() { panic("injected") }, `^internal error: injected \(in fault_test\.TestGuard\.func\d+, fault_test\.go:\d+\)$`},
		"error":          {func() { panic(errors.New("injected")) }, `^internal error: injected \(in `},
		"runtime":        {func() { none[len(none)] = 1 }, `^internal error: runtime error: index out of range \[0\] with length 0 \(in fault_test\.TestGuard\.func\d+, fault_test\.go:\d+\)$`},
		"in the library": {func() { regexp.MustCompile("(") }, `^internal error: regexp: Compile.* \(in fault_test\.TestGuard\.func\d+, `},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := fault.Guard(test.do); !regexp.MustCompile(test.want).MatchString(got) {
				t.Errorf("got %q, want %s", got, test.want)
			}
		})
	}
}

func TestGroup(t *testing.T) {
	tests := map[string]struct {
		do   []func()
		want string
	}{
		"nothing": {nil, `^$`},
		"fine":    {[]func(){func() {}, func() {}}, `^$`},
		"one of several": {[]func(){func() {}, func() { panic("injected") }, func() {}},
			`^internal error: injected \(in fault_test\.TestGroup\.func\d+, fault_test\.go:\d+\)$`},
		"several": {[]func(){func() { panic("second") }, func() { panic("first") }}, `^internal error: first \(in `},
		"in a group": {[]func(){func() {
			var inner fault.Group
			inner.Do(func() { panic("injected") })
			inner.Wait()
		}}, `^internal error: injected \(in fault_test\.TestGroup\.func\d+\.1, fault_test\.go:\d+\)$`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var group fault.Group
			for _, do := range test.do {
				group.Go(do)
			}
			if got := fault.Guard(group.Wait); !regexp.MustCompile(test.want).MatchString(got) {
				t.Errorf("got %q, want %s", got, test.want)
			}
		})
	}
}
