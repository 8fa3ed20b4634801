// Fairplot draws who waits how long under each policy, one picture a scenario: the
// longest submission of every client. It is a module of its own,
// so that the plotting library is no dependency of fencelint.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/fairness"
)

func main() {
	seed := flag.Uint64("seed", 0, "one seed gives one picture")
	dir := flag.String("dir", ".", "`directory` for the pictures, one SVG a scenario")
	flag.Parse()
	if err := run(*dir, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "fairplot:", err)
		os.Exit(1)
	}
}

func run(dir string, seed uint64) error {
	for _, s := range fairness.Scenarios() {
		svg, err := picture(s, seed)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, fileName(s)), svg, 0o644); err != nil {
			return fmt.Errorf("write the picture of %s: %w", s.Name, err)
		}
	}
	return nil
}

func fileName(s fairness.Scenario) string { return "fairness-" + s.Name + ".svg" }

// picture plays a scenario under all policies and draws it.
func picture(s fairness.Scenario, seed uint64) ([]byte, error) {
	var curves []curve
	for _, policy := range slot.Policies() {
		out, err := fairness.Run(s, policy, seed)
		if err != nil {
			return nil, err
		}
		for class := range fairness.Classes {
			curves = append(curves, curve{policy: policy, class: class, longest: out.Classes[class].Longest})
		}
	}
	var b bytes.Buffer
	if err := draw(&b, s.Text, curves); err != nil {
		return nil, fmt.Errorf("draw %s: %w", s.Name, err)
	}
	return b.Bytes(), nil
}

// curve is the longest submission of each client of a class under one policy.
type curve struct {
	policy  slot.Policy
	class   int
	longest fairness.Spans
}

func (c curve) name() string { return fmt.Sprintf("%v, %s", c.policy, fairness.ClassName(c.class)) }

// millis is a time on the logarithmic axis, on which nothing is 0.
func millis(d time.Duration) float64 { return max(float64(d)/float64(time.Millisecond), shortest) }
