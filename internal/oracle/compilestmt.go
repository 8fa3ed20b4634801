package oracle

// simple are the statements that are one instruction.
var simple = map[Op]opcode{
	Close: opClose, Wait: opWait, SetFlag: opSetFlag, Signal: opWake, Broadcast: opWakeAll,
	FenceWait: opFenceWait, FenceSignal: opFenceSignal, Publish: opPublish, Take: opTake, Get: opGet, Put: opPut,
}

func (c *compiler) stmt(s *Stmt, b *body) {
	i := instruction{stmt: s, region: b.region}
	if code, ok := simple[s.Op]; ok {
		i.code, i.object = code, c.object(b, s.On)
		if s.Op == SetFlag {
			i.object = c.m.lockOf(i.object, s.On) + 1
		}
		c.add(i)
		return
	}
	switch s.Op {
	case Lock, Unlock, RLock, RUnlock:
		c.lock(i, c.object(b, s.On))
	case TryLock:
		i.code, i.object = opTryLock, c.object(b, s.On)
		at := c.add(i)
		c.list(s.Body, b)
		code := opUnlock
		if c.m.objects[i.object].Kind == RWMutex {
			code = opWriteUnlock
		}
		c.add(instruction{code: code, object: i.object, stmt: s})
		c.out[at].other = c.here()
	case Send, Receive:
		c.communicate(s, b, []*Stmt{s}, true)
	case Select:
		c.communicate(s, b, s.Body, s.N == 0)
	case Range:
		i.code, i.otherwise = opSelect, -1
		at := c.add(i)
		c.list(s.Body, b)
		c.add(instruction{code: opJump, other: at})
		c.out[at].cases = []communication{{c.object(b, s.On), false, at + 1, c.here(), s}}
	case Add, Done:
		i.code, i.object, i.n = opAdd, c.object(b, s.On), s.N
		if s.Op == Done {
			i.n = -1
		}
		c.add(i)
	case WaitFlag:
		c.waitFlag(s, b, i)
	case Push:
		c.start(s, b, opPush, c.object(b, s.On))
	case Flush:
		i.code, i.object = opFlush, c.object(b, s.On)
		c.add(i)
		i.code = opFlushing
		c.add(i)
	case Alloc:
		i.code, i.n = opAlloc, s.N
		c.add(i)
		ctx := b.region
		if reclaims(s.N) && !ctx.noReclaim && !ctx.reclaim && !ctx.notifier {
			c.reclaim(s, b)
		}
	case Sleep:
		i.code = opSleep
		c.add(i)
	case Scope:
		outer := b.region
		switch s.N {
		case noReclaim:
			b.region.noReclaim = true
		case signalling:
			b.region.signalling = true
		case opportunistic:
			b.region.opportunistic = true
		}
		c.list(s.Body, b)
		b.region = outer
	case If:
		i.code, i.n = opIf, s.N
		at := c.add(i)
		c.list(s.Body, b)
		end := c.add(instruction{code: opJump})
		c.out[at].other = c.here()
		c.list(s.Else, b)
		c.out[end].other = c.here()
	case Return:
		c.leave(b)
		b.returns = append(b.returns, c.add(instruction{code: opJump}))
	case Loop:
		c.loop(s, b, instruction{code: opSet, n: s.N})
	case Count:
		c.loop(s, b, instruction{code: opCount, n: s.N})
	case Forever:
		at := c.here()
		c.list(s.Body, b)
		c.add(instruction{code: opJump, other: at})
	case Defer:
		b.defers = append(b.defers, s.Body[0])
	case Call:
		if c.calls++; c.calls > maxInstructions {
			c.fail(errLarge)
			return
		}
		c.function(c.m.program.Funcs[s.Func].Body, c.called(s, b), b.region)
	case Go:
		c.start(s, b, opGo, -1)
	case GroupGo:
		c.add(instruction{code: opAdd, object: c.object(b, s.On), n: 1, stmt: s})
		c.start(s, b, opGo, -1)
	}
}

func (c *compiler) lock(i instruction, object int) {
	i.object = object
	write := c.m.objects[object].Kind == RWMutex
	switch {
	case i.stmt.Op == RLock:
		i.code = opReadLock
	case i.stmt.Op == RUnlock:
		i.code = opReadUnlock
	case i.stmt.Op == Lock && write:
		i.code = opAnnounce
		c.add(i)
		i.code = opWriteLock
	case i.stmt.Op == Lock:
		i.code = opLock
	case write:
		i.code = opWriteUnlock
	default:
		i.code = opUnlock
	}
	c.add(i)
}

// waitFlag compiles a wait on a Cond, in a loop where there is a Flag.
func (c *compiler) waitFlag(s *Stmt, b *body, i instruction) {
	cond := c.object(b, s.On)
	lock := c.m.lockOf(cond, s.On)
	start := c.here()
	test := -1
	if s.N == 0 {
		i.code, i.object = opIfFlag, lock+1
		test = c.add(i)
		// The flag is set: go on behind the wait.
		end := c.add(instruction{code: opJump})
		c.out[test].other = c.here()
		defer func() { c.out[end].other = c.here() }()
	}
	i.object, i.second = cond, lock
	i.code = opPark
	c.add(i)
	i.code = opParked
	c.add(i)
	i.code, i.object = opLock, lock
	c.add(i)
	if test >= 0 {
		c.add(instruction{code: opJump, other: start})
	}
}
