package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

// document is for machines: one JSON object, as docs/design.md section 5 has it.
type document struct {
	w          io.Writer
	opts       Options
	findings   []jsonFinding
	suppressed []jsonFinding
}

type jsonPos struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

type jsonStep struct {
	Pos  jsonPos `json:"pos"`
	Func string  `json:"func"`
	Text string  `json:"text"`
	Via  string  `json:"via"`
}

type jsonLane struct {
	Title string     `json:"title"`
	Steps []jsonStep `json:"steps"`
}

type jsonFinding struct {
	Rule        string          `json:"rule"`
	Verdict     finding.Verdict `json:"verdict"`
	Level       finding.Level   `json:"level"`
	Fingerprint string          `json:"fingerprint"`
	Message     string          `json:"message"`
	Pos         jsonPos         `json:"pos"`
	Func        string          `json:"func"`
	Root        string          `json:"root"`
	Edges       []finding.Edge  `json:"edges"`
	Lanes       []jsonLane      `json:"lanes"`
	Closing     string          `json:"closing,omitempty"`
	More        int             `json:"more,omitempty"`
	Help        string          `json:"help"`
	Reason      string          `json:"reason,omitempty"`
}

type jsonRoot struct {
	Kind string  `json:"kind"`
	Func string  `json:"func"`
	Via  string  `json:"via,omitempty"`
	Pos  jsonPos `json:"pos"`
}

type jsonStats struct {
	Packages  int `json:"packages"`
	Functions int `json:"functions"`
	Reached   int `json:"reached"`
	Calls     int `json:"calls"`
	Waits     int `json:"waits"`
	// Unsignalled are the waits for what nobody in sight signals.
	Unsignalled int        `json:"unsignalled"`
	Roots       []jsonRoot `json:"roots"`
	Failures    []string   `json:"failures"`
}

func (d *document) Finding(f *finding.Finding) error {
	if f.Suppressed != "" {
		d.suppressed = append(d.suppressed, d.finding(f))
	} else {
		d.findings = append(d.findings, d.finding(f))
	}
	return nil
}

func (d *document) Done(c *Coverage) error {
	stats := jsonStats{
		Packages:    c.Stats.Packages,
		Functions:   c.Stats.Functions,
		Reached:     c.Stats.Reached,
		Calls:       c.Stats.Calls,
		Waits:       c.Stats.Waits,
		Unsignalled: c.Stats.Unsignalled,
		Roots:       []jsonRoot{},
		Failures:    notNil(c.Failures),
	}
	for _, r := range c.Stats.Roots {
		stats.Roots = append(stats.Roots, jsonRoot{Kind: r.Kind, Func: r.Func, Via: r.Via, Pos: d.opts.pos(r.Pos)})
	}
	unresolved := make(map[string]int) // encoding/json sorts the keys
	for _, u := range c.Stats.Unresolved {
		unresolved[u.Kind] = u.Calls
	}
	return encode(d.w, struct {
		Version    int            `json:"version"`
		Findings   []jsonFinding  `json:"findings"`
		Suppressed []jsonFinding  `json:"suppressed"`
		Unresolved map[string]int `json:"unresolved"`
		Stats      jsonStats      `json:"stats"`
		Remark     string         `json:"remark,omitempty"`
	}{1, notNil(d.findings), notNil(d.suppressed), unresolved, stats, c.Remark})
}

func encode(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

func (d *document) finding(f *finding.Finding) jsonFinding {
	out := jsonFinding{
		Rule:        f.Rule,
		Verdict:     f.Verdict,
		Level:       f.Level,
		Fingerprint: f.Fingerprint,
		Message:     f.Message,
		Pos:         d.opts.pos(f.Pos),
		Func:        f.Func,
		Root:        f.Root,
		Edges:       notNil(f.Edges),
		Lanes:       []jsonLane{},
		Closing:     f.Closing,
		More:        f.More,
		Help:        f.Help,
		Reason:      f.Suppressed,
	}
	for _, lane := range f.Lanes {
		out.Lanes = append(out.Lanes, jsonLane{lane.Title, d.opts.steps(lane.Steps)})
	}
	return out
}

func (o *Options) pos(p model.Pos) jsonPos { return jsonPos{o.file(p.File), p.Line, p.Col} }

func (o *Options) steps(steps []finding.Step) []jsonStep {
	out := make([]jsonStep, len(steps))
	for i, s := range steps {
		out[i] = jsonStep{o.pos(s.Pos), s.Func, s.Text, s.Via}
	}
	return out
}

// notNil makes an absent list an empty one, which is what readers of JSON expect.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
