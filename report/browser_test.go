package report_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/fencelint/fencelint/analyzer/finding"
)

var screenshots = flag.String("screenshots", "", "have the browser tests put pictures of the page into `directory`")

// browser finds Chromium.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "there is no Chromium on the path: nobody has looked whether the page works"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// tab is an open page, and what went wrong in it.
type tab struct {
	ctx context.Context

	mu       sync.Mutex
	problems []string
}

// open loads a page into a browser of its own.
func open(t *testing.T, html string) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(browser(t)),
		chromedp.DisableGPU, chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	// What never becomes visible is waited for no longer than that.
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	p := &tab{ctx: ctx}
	if err := chromedp.Listen(ctx, p.watch); err != nil {
		t.Fatal(err)
	}
	call(t, p, log.Enable, cdp.Empty{})
	call(t, p, network.Enable, network.EnableParams{})
	p.do(t, chromedp.Navigate("file://"+file))
	if !p.clean(t) {
		t.FailNow()
	}
	t.Cleanup(func() { p.clean(t) })
	return p
}

// clean reports whether nothing has gone wrong since it was asked last.
func (p *tab) clean(t *testing.T) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, problem := range p.problems {
		t.Error(problem)
	}
	ok := len(p.problems) == 0
	p.problems = nil
	return ok
}

// watch notes what a page must never do.
func (p *tab) watch(event any) {
	var problem string
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		problem = "exception: " + event.ExceptionDetails.Text
	case *runtime.EventConsoleAPICalled:
		problem = fmt.Sprintf("console: %s", event.Type)
		for _, arg := range event.Args {
			problem += fmt.Sprintf(" %s %s", arg.Value, arg.Description)
		}
	case *log.EventEntryAdded:
		problem = fmt.Sprintf("log: %s", event.Entry.Text)
	case *cdppage.EventJavascriptDialogOpening:
		problem = "a dialog opens: " + event.Message
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(event.Request.URL, "file://") {
			problem = "request: " + event.Request.URL
		}
	}
	if problem != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.problems = append(p.problems, problem)
	}
}

// do runs what gives no answer.
func (p *tab) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval returns the value of a script.
func eval[T any](t *testing.T, p *tab, script string) T {
	t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// call calls the browser itself.
func call[P, R any](t *testing.T, p *tab, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

// prefer has the page think that its reader likes light, or dark.
func prefer(t *testing.T, p *tab, scheme string) {
	t.Helper()
	call(t, p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

const unfold = `document.querySelectorAll('details').forEach(d => d.open = true)`

func sampleTab(t *testing.T) *tab {
	root := sampleRoot(t)
	return open(t, write(t, "html", htmlOptions(root), wholeCoverage(), sample(root)...))
}

func TestBrowserFilters(t *testing.T) {
	p := sampleTab(t)
	choose := func(name, value string) {
		t.Helper()
		p.do(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
			const choice = document.querySelector('select[name="%s"]');
			choice.value = %q;
			choice.dispatchEvent(new Event('change', {bubbles: true}));
		})()`, name, value)))
	}
	shown := func(want string) {
		t.Helper()
		got := eval[string](t, p, `[...document.querySelectorAll('.finding')].filter(f => f.offsetParent).map(f => f.id).join(' ') + ': ' + document.getElementById('shown').textContent`)
		if got != want {
			t.Errorf("shown is %q, want %q", got, want)
		}
	}
	shown("f1 f3 f4 f5 f6 f7: 6 of 7 shown")
	choose("rule", "alloc-in-signalling")
	shown("f1 f5: 2 of 7 shown")
	choose("verdict", "cycle")
	shown("f1: 1 of 7 shown")
	choose("rule", "")
	choose("verdict", "breach")
	choose("package", "example.org/m/irq")
	shown("f3: 1 of 7 shown")
	choose("verdict", "contract")
	shown(": 0 of 7 shown")
	choose("package", "")
	p.do(t, chromedp.Click("#ignored"))
	shown("f2 f7: 2 of 7 shown")
}

func TestBrowserHopLeadsToItsLine(t *testing.T) {
	p := sampleTab(t)
	p.do(t, chromedp.Evaluate[chromedp.Void](`document.querySelector('#f1').open = true`),
		chromedp.EmulateViewport(1600, 1000),
		chromedp.Click(`#f1 svg.wide a[href="#f1-2.2"]`),
		chromedp.WaitVisible(`#f1 .source[open] .marked b[id="f1-2.2"]`))
	if got := eval[string](t, p, `document.getElementById('f1-2.2').closest('.line').querySelector('code').textContent`); got != "\tb.busy.Wait()\n" {
		t.Errorf("the hop leads to the line %q", got)
	}
}

func TestBrowserCopies(t *testing.T) {
	p := sampleTab(t)
	p.do(t, chromedp.Click("#fold"), chromedp.Click("#f1 .copy"),
		chromedp.Poll[chromedp.Void](`['copied', 'selected'].includes(document.querySelector('#f1 .copy').textContent)`))
	if got := eval[string](t, p, `document.querySelector('#f1 .again code').textContent`); got != "fencelint -rules=alloc-in-signalling ./..." {
		t.Errorf("the command is %q", got)
	}
}

// Code that looks like markup is text.
func TestBrowserShowsMarkupAsText(t *testing.T) {
	p := sampleTab(t)
	p.do(t, chromedp.Click("#fold"))
	for place, selector := range map[string]string{"message": ".message", "picture": "svg.wide", "source": "pre"} {
		text := eval[string](t, p, fmt.Sprintf(`document.querySelector('#f1 %s').textContent`, selector))
		if !strings.Contains(strings.ReplaceAll(text, "\n", ""), "<script>alert(") {
			t.Errorf("the string does not stand in the %s: %s", place, text)
		}
	}
}

// TestBrowserHostile has markup in every text that a finding has.
func TestBrowserHostile(t *testing.T) {
	root := sampleRoot(t)
	found := sample(root)
	for _, text := range []string{
		`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`,
		`javascript:alert(1)`, "]]>--><svg onload=alert(1)>", `</style></title></textarea><script>alert(1)</script>`,
	} {
		f := sample(root)[0]
		f.Rule, f.Message, f.Func, f.Package, f.Root, f.Closing, f.Help = text, text, text, text, text, text, text
		f.Pos.File, f.Edges, f.Lanes = text, slices.Clone(f.Edges), slices.Clone(f.Lanes)
		f.Edges[0].From, f.Edges[0].To = text, text
		for i := range f.Lanes {
			f.Lanes[i].Title, f.Lanes[i].Steps = text, []finding.Step{{Pos: f.Pos, Func: text, Text: text, Via: text}}
		}
		found = append(found, f)
		f.Suppressed = text
		found = append(found, f)
	}
	c := wholeCoverage()
	c.Failures = append(c.Failures, found[len(found)-1].Message)
	p := open(t, write(t, "html", htmlOptions(root), c, found...))
	p.do(t, chromedp.Click("#fold"))
	got := eval[string](t, p, `[document.scripts.length, document.images.length, document.styleSheets.length,
		[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || /^\s*javascript:/.test(a.value) && a.name.endsWith('href'))).length].join(' ')`)
	if got != "1 0 1 0" {
		t.Errorf("scripts, images, styles, handlers: %s, want 1 0 1 0", got)
	}
}

// overflow lists what stands out of the window, or of what scrolls.
const overflow = `(() => {
	const wide = document.documentElement.clientWidth;
	const out = [];
	if (document.documentElement.scrollWidth > wide) {
		out.push('the page is ' + document.documentElement.scrollWidth + ' wide');
	}
	for (const e of document.body.querySelectorAll('*')) {
		const box = e.getBoundingClientRect();
		if (!e.closest('pre, .scroll') && box.width > 0 && (box.right > wide + 0.5 || box.left < -0.5)) {
			out.push(e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + box.left + ' to ' + box.right);
		}
	}
	for (const text of document.querySelectorAll('.lanes svg text')) {
		const svg = text.ownerSVGElement.getBoundingClientRect(), box = text.getBoundingClientRect();
		const rect = text.parentElement.querySelector(':scope > rect')?.getBoundingClientRect() ?? svg;
		if (box.width > 0 && (box.right > rect.right || box.left < rect.left || box.bottom > rect.bottom + 0.5)) {
			out.push('text stands out of its box: ' + text.textContent);
		}
	}
	return out;
})()`

func TestBrowserNothingOverflows(t *testing.T) {
	root := sampleRoot(t)
	found := sample(root)
	long := sample(root)[0]
	long.Message = strings.Repeat("averylongidentifier", 20)
	long.Lanes[0].Steps[1].Text = strings.Repeat("x", 300)
	long.Pos.File = filepath.Join(root, strings.Repeat("deep/", 40), "file.go")
	p := open(t, write(t, "html", htmlOptions(root), wholeCoverage(), append(found, long)...))
	p.do(t, chromedp.Click("#ignored"), chromedp.Click("#fold"),
		chromedp.Evaluate[chromedp.Void](unfold))
	for _, wide := range []int64{360, 800, 1600} {
		for _, scheme := range []string{"light", "dark"} {
			p.do(t, chromedp.EmulateViewport(wide, 900))
			prefer(t, p, scheme)
			if out := eval[[]string](t, p, overflow); len(out) > 0 {
				t.Errorf("%d pixels: %s", wide, strings.Join(out, "\n"))
			}
			if *screenshots != "" {
				png, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(*screenshots, fmt.Sprintf("%d-%s.png", wide, scheme)), png, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// faint lists texts that differ too little from what they stand on, by the measure of
// WCAG 2, which wants 4.5.
const faint = `(() => {
	const light = (color) => {
		const [r, g, b] = color.match(/[\d.]+/g).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ground = (e) => {
		for (; e; e = e.parentElement) {
			const rect = e.tagName === 'g' && e.querySelector(':scope > rect');
			const color = rect ? getComputedStyle(rect).fill : getComputedStyle(e).backgroundColor;
			if (color !== 'none' && color !== 'rgba(0, 0, 0, 0)') {
				return color;
			}
		}
	};
	const out = [];
	for (const e of document.body.querySelectorAll('*')) {
		const own = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim());
		if (!own || !e.getClientRects().length || e.closest('title, option')) {
			continue;
		}
		const style = getComputedStyle(e);
		const [a, b] = [light(e.ownerSVGElement ? style.fill : style.color), light(ground(e))].sort((a, b) => b - a);
		const contrast = (a + 0.05) / (b + 0.05);
		if (contrast < 4.5) {
			out.push(contrast.toFixed(1) + ': ' + e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + e.textContent.trim().slice(0, 40));
		}
	}
	return out;
})()`

func TestBrowserLightAndDark(t *testing.T) {
	p := sampleTab(t)
	p.do(t, chromedp.Click("#ignored"), chromedp.Click("#fold"),
		chromedp.Evaluate[chromedp.Void](unfold))
	grounds := make(map[string]bool)
	for _, scheme := range []string{"light", "dark"} {
		prefer(t, p, scheme)
		grounds[eval[string](t, p, `getComputedStyle(document.body).backgroundColor`)] = true
		for _, problem := range eval[[]string](t, p, faint) {
			t.Errorf("%s: hard to read, contrast %s", scheme, problem)
		}
	}
	if len(grounds) != 2 {
		t.Errorf("light and dark have the same ground: %v", grounds)
	}
}
