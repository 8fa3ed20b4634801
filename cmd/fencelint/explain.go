package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/fencelint/fencelint/docs/rules"
)

// explain prints the page of a rule.
func explain(_ context.Context, args []string, stdout, _ io.Writer) (int, error) {
	if len(args) != 1 {
		return failed, fmt.Errorf("usage: fencelint explain RULE, where RULE is one of %s", strings.Join(rules.Names(), ", "))
	}
	page, ok := rules.Page(args[0])
	if !ok {
		return failed, fmt.Errorf("no rule is called %q; there are %s", args[0], strings.Join(rules.Names(), ", "))
	}
	_, err := io.WriteString(stdout, page)
	return clean, err
}
