package judge_test

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// at is o as the function's parameter 0 leads to it.
func at(o summary.Object, path string) summary.Object {
	o.Param, o.Path, o.Instance = 0, path, "d."+path
	return o
}

// device hands the caller's own parameter 0 on.
var device = bindObject(0, summary.Object{Param: 0, Instance: "d"})

// loopPrograms are about cycles of what is held, queued and waited for.
var loopPrograms = []judging{
	{"opposite orders", func(p *program) {
		p.fn("d.A").lock(mu).lock(outer).unlock(outer).unlock(mu)
		p.fn("d.B").lock(outer).call("d.sub").unlock(outer)
		p.fn("d.sub").lock(mu).unlock(mu)
	}, []string{"d.sub lock-order cycle error"}},
	{"one order", func(p *program) {
		p.fn("d.A").lock(mu).lock(outer).unlock(outer).unlock(mu)
		p.fn("d.B").lock(mu).call("d.sub").unlock(mu)
		p.fn("d.sub").lock(outer).unlock(outer)
	}, nil},
	{"opposite orders, one by trying", func(p *program) {
		p.fn("d.A").lock(mu).lock(outer).unlock(outer).unlock(mu)
		p.fn("d.B").lock(outer).try(mu).unlock(outer)
	}, nil},
	{"opposite orders under a third lock", func(p *program) {
		p.fn("d.A").lock(narrow).lock(mu).lock(outer).unlock(outer).unlock(mu).unlock(narrow)
		p.fn("d.B").lock(narrow).call("d.sub").unlock(narrow)
		p.fn("d.sub").lock(outer).lock(mu).unlock(mu).unlock(outer)
	}, nil},
	{"opposite orders, under a third lock on one side", func(p *program) {
		p.fn("d.A").lock(narrow).lock(mu).lock(outer).unlock(outer).unlock(mu).unlock(narrow)
		p.fn("d.B").lock(outer).lock(mu).unlock(mu).unlock(outer)
	}, []string{"d.B lock-order cycle error"}},
	{"opposite orders, and the signalling side speaks of one", func(p *program) {
		p.fn("d.Complete").runs(model.Signalling).lock(mu).lock(outer).unlock(outer).unlock(mu).signal(job)
		p.fn("d.Wait").lock(outer).wait(job).lock(mu).unlock(mu).unlock(outer)
	}, []string{"d.Complete lock-in-signalling cycle error"}},

	{"the same lock twice", func(p *program) {
		p.fn("d.A").params(0).lock(at(mu, "mu")).call("d.sub", device).unlock(at(mu, "mu"))
		p.fn("d.sub").params(0).lock(at(mu, "mu")).unlock(at(mu, "mu"))
	}, []string{"d.sub double-lock cycle error"}},
	{"two locks of a class", func(p *program) {
		peer := bindObject(0, summary.Object{Param: 0, Path: "peer", Instance: "d.peer"})
		p.fn("d.A").params(0).lock(at(mu, "mu")).call("d.sub", peer).unlock(at(mu, "mu"))
		p.fn("d.sub").params(0).lock(at(mu, "mu")).unlock(at(mu, "mu"))
	}, nil},
	{"an unlock is missing", func(p *program) {
		p.fn("d.A").op("return", summary.Op{Kind: summary.OpUnlockMissing, On: mu})
	}, []string{"d.A missing-unlock breach error"}},

	{"a slot under the lock that gives slots back", func(p *program) {
		p.fn("d.Get").params(0).lock(at(mu, "mu")).op("get", summary.Op{Kind: summary.OpAcquire, On: at(slots, "slots")}).unlock(at(mu, "mu"))
		p.fn("d.Put").params(0).lock(at(mu, "mu")).op("put", summary.Op{Kind: summary.OpRelease, On: at(slots, "slots")}).unlock(at(mu, "mu"))
	}, []string{"d.Get pool-cycle cycle error"}},
	{"a slot under one of many locks", func(p *program) {
		p.fn("d.Get").params(0).lock(at(mu, "mu")).op("get", summary.Op{Kind: summary.OpAcquire, On: at(slots, "dev.slots")}).unlock(at(mu, "mu"))
		p.fn("d.Put").params(0).lock(at(mu, "mu")).op("put", summary.Op{Kind: summary.OpRelease, On: at(slots, "dev.slots")}).unlock(at(mu, "mu"))
	}, nil},

	{"a flush under a lock that the work takes", func(p *program) {
		p.fn("d.Start").params(0).queue("d.work", at(rescuedQ, "free"), device)
		p.fn("d.work").params(0).lock(at(mu, "mu")).unlock(at(mu, "mu"))
		p.fn("d.Stop").params(0).lock(at(mu, "mu")).flush(at(rescuedQ, "free")).unlock(at(mu, "mu"))
	}, []string{"d.Stop queue-cycle cycle error"}},
	{"a flush of its own queue", func(p *program) {
		p.fn("d.Start").params(0).queue("d.work", at(rescuedQ, "free"), device)
		p.fn("d.work").params(0).flush(at(rescuedQ, "free"))
	}, []string{"d.work queue-cycle cycle error"}},
	{"a wait for work behind it", func(p *program) {
		p.fn("d.Start").queue("d.first", orderedQ).queue("d.second", orderedQ)
		p.fn("d.first").receive(replies)
		p.fn("d.second").send(replies)
	}, []string{"d.first queue-cycle cycle error"}},
	{"a wait for work beside it", func(p *program) {
		p.fn("d.Start").queue("d.first", rescuedQ).queue("d.second", rescuedQ)
		p.fn("d.first").receive(replies)
		p.fn("d.second").send(replies)
	}, nil},

	{"a wait under the lock that the sender takes", func(p *program) {
		p.fn("d.Wait").params(0).lock(at(mu, "mu")).receive(at(replies, "replies")).unlock(at(mu, "mu"))
		p.fn("d.Send").params(0).lock(at(mu, "mu")).unlock(at(mu, "mu")).send(at(replies, "replies"))
	}, []string{"d.Wait wait-under-lock cycle error"}},
	{"a wait under a lock that one of two senders takes", func(p *program) {
		p.fn("d.Wait").params(0).lock(at(mu, "mu")).receive(at(replies, "replies")).unlock(at(mu, "mu"))
		p.fn("d.Send").params(0).lock(at(mu, "mu")).unlock(at(mu, "mu")).send(at(replies, "replies"))
		p.fn("d.Other").params(0).send(at(replies, "replies"))
	}, nil},
}
