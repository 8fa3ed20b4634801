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
