package report

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/fencelint/fencelint/analyzer/baseline"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/docs/rules"
	"github.com/fencelint/fencelint/report/internal/source"
)

// base is the uriBaseId of the root of the repository, or of the main module where that
// is in none. It has no URI of its own, so that what is written is the same on every machine; viewers take the
// directory that is open, and code hosts the top of the repository.
const base = "SRCROOT"

// home is where the module lives.
const home = "https://github.com/fencelint/fencelint"

// sarifLog is for viewers and code hosts: SARIF 2.1.0.
type sarifLog struct {
	w     io.Writer
	opts  Options
	run   *sarif.Run
	rules []string
	files source.Files
}

func newSARIF(w io.Writer, opts Options) *sarifLog {
	l := &sarifLog{w: w, opts: opts, rules: rules.Names()}
	driver := sarif.NewToolComponent().WithName("fencelint").WithInformationURI(home)
	for _, rule := range l.rules {
		driver.AddRule(descriptor(rule))
	}
	root := sarif.NewArtifactLocation().WithDescription(sarif.NewTextMessage("the root of the repository, or of the module where that is in none"))
	l.run = sarif.NewRun().
		WithTool(sarif.NewTool().WithDriver(driver)).
		WithColumnKind("unicodeCodePoints").
		WithOriginalUriBaseIds(map[string]sarif.ArtifactLocation{base: *root})
	return l
}

// descriptor is what a viewer shows of a rule: its page.
func descriptor(rule string) *sarif.ReportingDescriptor {
	page, _ := rules.Page(rule)
	text := func(text string) *sarif.MultiformatMessageString {
		return sarif.NewMultiformatMessageString().WithText(text)
	}
	return sarif.NewReportingDescriptor().WithID(rule).
		WithShortDescription(text(rules.Summary(rule))).
		WithHelp(text(page).WithMarkdown(page)).
		WithHelpURI(home + "/blob/main/docs/rules/" + rule + ".md")
}

func (l *sarifLog) Finding(f *finding.Finding) error {
	at := l.location(f.Pos)
	if f.Func != "" {
		at.AddLogicalLocation(sarif.NewLogicalLocation().WithName(f.Func).WithKind("function"))
	}
	result := sarif.NewRuleResult(f.Rule).
		WithRuleIndex(slices.Index(l.rules, f.Rule)).
		WithLevel(level(f.Level)).
		WithMessage(plain(told(f))).
		AddLocation(at).
		WithPartialFingerprints(map[string]string{"fencelint/v1": f.Fingerprint}).
		WithProperties(sarif.NewPropertyBag().Add("verdict", f.Verdict).Add("root", f.Root).Add("edges", notNil(f.Edges)))
	if len(f.Lanes) > 0 {
		flow := sarif.NewCodeFlow().WithMessage(plain(f.Message))
		for i := range f.Lanes {
			flow.AddThreadFlow(l.threadFlow(fmt.Sprint(i+1), &f.Lanes[i], f.Pos))
		}
		result.AddCodeFlow(flow)
	}
	if f.Suppressed != "" {
		kind := "inSource"
		if f.Suppressed == baseline.Reason {
			kind = "external"
		}
		result.AddSuppression(sarif.NewSuppression().WithKind(kind).WithJustification(f.Suppressed))
	}
	l.run.AddResult(result)
	return nil
}

// told is all that a reader of a message alone needs.
func told(f *finding.Finding) string {
	lines := []string{f.Message + " [" + string(f.Verdict) + "]"}
	if f.Closing != "" {
		lines = append(lines, f.Closing)
	}
	if rest := f.Rest(); rest != "" {
		lines = append(lines, rest)
	}
	if f.Help != "" {
		lines = append(lines, "help: "+f.Help)
	}
	return strings.Join(lines, "\n")
}

func (l *sarifLog) threadFlow(id string, lane *finding.Lane, last model.Pos) *sarif.ThreadFlow {
	flow := sarif.NewThreadFlow().WithID(id).WithMessage(plain(lane.Title))
	for i, step := range lane.Steps {
		// A hop that holds by contract stands nowhere in the code, but a code host
		// takes no location without a file: it stands where the hop before it does.
		if step.Pos.Line > 0 {
			last = step.Pos
		}
		at := l.location(last).WithMessage(plain(hop(&step)))
		if step.Func != "" {
			at.AddLogicalLocation(sarif.NewLogicalLocation().WithName(step.Func).WithKind("function"))
		}
		place := sarif.NewThreadFlowLocation().WithLocation(at).WithNestingLevel(i)
		if i == len(lane.Steps)-1 {
			place.WithImportance("essential")
		}
		if step.Via != "" {
			place.AddKind(step.Via)
		}
		flow.AddLocation(place)
	}
	return flow
}

// hop is a step in words, with why it was resolved so.
func hop(s *finding.Step) string {
	text := s.Text
	if text == "" {
		text = s.Func
	}
	if s.Via != "" {
		text += " (" + s.Via + ")"
	}
	return text
}

func (l *sarifLog) location(pos model.Pos) *sarif.Location {
	at := sarif.NewPhysicalLocation().WithArtifactLocation(l.artifact(pos.File))
	if pos.Line > 0 {
		region := sarif.NewRegion().WithStartLine(pos.Line)
		if pos.Col > 0 {
			region.WithStartColumn(l.files.Column(pos.File, pos.Line, pos.Col))
		}
		at.WithRegion(region)
	}
	return sarif.NewLocationWithPhysicalLocation(at)
}

// artifact names a file by its way from the base or, where it lies elsewhere, by a file
// URI.
func (l *sarifLog) artifact(file string) *sarif.ArtifactLocation {
	name := l.opts.file(file)
	if filepath.IsAbs(name) {
		uri := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(name), "/")}
		return sarif.NewSimpleArtifactLocation(uri.String())
	}
	return sarif.NewSimpleArtifactLocation((&url.URL{Path: name}).String()).WithURIBaseID(base)
}

// plain makes a message of text. What looks like a link in SARIF, as the call of an
// element does, h[i](x), must not become one.
func plain(text string) *sarif.Message {
	return sarif.NewTextMessage(strings.ReplaceAll(text, "](", "] ("))
}

func level(l finding.Level) string {
	switch l {
	case finding.Error:
		return sarif.LevelError
	case finding.Warning:
		return sarif.LevelWarning
	}
	return sarif.LevelNote
}

func (l *sarifLog) Done(c *Coverage) error {
	invocation := sarif.NewInvocation().WithExecutionSuccessful(len(c.Failures) == 0)
	for _, failure := range c.Failures {
		invocation.AddToolExecutionNotification(sarif.NewNotification().
			WithLevel(sarif.LevelError).WithMessage(plain("not analysed: " + failure)))
	}
	l.run.AddInvocation(invocation)
	return encode(l.w, sarif.NewReport().AddRun(l.run))
}
