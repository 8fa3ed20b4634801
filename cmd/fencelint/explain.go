package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/fencelint/fencelint/docs/rules"
	"github.com/fencelint/fencelint/internal/spell"
)

// explain prints the page of a rule.
func explain(_ context.Context, args []string, stdout, _ io.Writer) (int, error) {
	if len(args) != 1 {
		return failed, fmt.Errorf("usage: fencelint explain RULE, where RULE is one of %s", strings.Join(rules.Names(), ", "))
	}
	page, ok := rules.Page(args[0])
	if !ok {
		help := spell.DidYouMean(args[0], rules.Names())
		if help == "" {
			help = "; there are " + strings.Join(rules.Names(), ", ")
		}
		return failed, fmt.Errorf("no rule is called %q%s", args[0], help)
	}
	_, err := io.WriteString(stdout, page)
	return clean, err
}
