// Package hugo5379 is the repaired form: a shortcode gets the page without what needs its content, and so cannot come back for
// the lock that its renderer holds.
package hugo5379

import (
	"strings"
	"sync"
)

type page struct {
	raw         string
	contentInit sync.Once
	plainInit   sync.Once
	contentMu   sync.Mutex
	content     string
	words       int
	shortcodes  []func(*pageWithoutContent) string
}

func (p *page) wordCount() int {
	p.initContent()
	p.initPlain()
	return p.words
}

func (p *page) initPlain() {
	p.plainInit.Do(func() {
		p.contentMu.Lock()
		defer p.contentMu.Unlock()
		p.words = len(strings.Fields(p.content))
	})
}

func (p *page) initContent() {
	p.contentInit.Do(func() {
		p.contentMu.Lock()
		defer p.contentMu.Unlock()
		p.content = p.raw
		for _, render := range p.shortcodes {
			p.content += render(&pageWithoutContent{raw: p.raw})
		}
	})
}

type pageWithoutContent struct {
	raw string
}

func (p *pageWithoutContent) rawWordCount() int {
	return len(strings.Fields(p.raw))
}

// Run renders a page whose shortcode asks for a word count.
func Run() {
	p := &page{raw: "a b", shortcodes: []func(*pageWithoutContent) string{
		func(p *pageWithoutContent) string { return strings.Repeat("word ", p.rawWordCount()) },
	}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { p.wordCount() })
	}
	wg.Wait()
}
