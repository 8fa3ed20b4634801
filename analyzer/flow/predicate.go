package flow

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// reads records the watched fields that the function reads, and for each what change
// of it can make the function's result true.
func (a *analysis) reads() {
	if a.env.Watched == nil {
		return
	}
	for _, block := range a.fn.Blocks {
		a.sum.Reads = append(a.sum.Reads, a.readsOf(block, a.senses)...)
	}
}

func (a *analysis) readsOf(block *ssa.BasicBlock, senses map[token.Pos]summary.Change) []summary.Read {
	var out []summary.Read
	for _, instr := range block.Instrs {
		v, ok := instr.(ssa.Value)
		if !ok {
			continue
		}
		name := watchedName(v)
		if name == "" || !a.env.Watched(name) || !isRead(v) {
			continue
		}
		makes := senses[v.Pos()]
		if load := atomicLoad(v); load != nil {
			makes = senses[load.Pos()]
		}
		if makes == 0 || strings.HasSuffix(name, elementSuffix) {
			makes = summary.Any
		}
		owner := ""
		if addr, ok := v.(*ssa.FieldAddr); ok {
			owner = ownerField(a.place(addr.X))
		}
		out = append(out, summary.Read{Field: name, Owner: owner, Makes: makes, Zero: asksZero(v), Pos: a.pos(v.Pos())})
	}
	return out
}

// sensesOf returns, for the fields that a predicate reads (by the position of the
// selector) and the calls in it (by their parenthesis), what change of them can make
// its result true, or not nil. Where that is not seen there is no entry.
func sensesOf(fn *ssa.Function) map[token.Pos]summary.Change {
	senses := make(map[token.Pos]summary.Change)
	switch node := fn.Syntax().(type) {
	case *ast.FuncDecl:
		if node.Body != nil {
			senseBlock(senses, node.Body)
		}
	case *ast.FuncLit:
		senseBlock(senses, node.Body)
	}
	return senses
}

// senseBlock looks at the results of a block, and at the conditions that decide
// whether it goes on to later ones.
func senseBlock(senses map[token.Pos]summary.Change, block *ast.BlockStmt) {
	for _, stmt := range block.List {
		switch stmt := stmt.(type) {
		case *ast.ReturnStmt:
			if len(stmt.Results) == 1 {
				sense(senses, stmt.Results[0], summary.Rises)
			}
		case *ast.ForStmt:
			senseBlock(senses, stmt.Body)
		case *ast.RangeStmt:
			senseBlock(senses, stmt.Body)
		case *ast.IfStmt:
			if makes := outcomeSense(stmt); makes != 0 {
				sense(senses, named(stmt), makes)
			}
			senseBlock(senses, stmt.Body)
		}
	}
}

// named returns the condition of an if, with the call in place of the variable where
// it asks whether what its own statement has called returned nil.
func named(stmt *ast.IfStmt) ast.Expr {
	init, ok := stmt.Init.(*ast.AssignStmt)
	cond, isCmp := stmt.Cond.(*ast.BinaryExpr)
	if !ok || !isCmp || len(init.Lhs) != 1 || len(init.Rhs) != 1 {
		return stmt.Cond
	}
	x, isIdent := cond.X.(*ast.Ident)
	if lhs, ok := init.Lhs[0].(*ast.Ident); !ok || !isIdent || lhs.Name != x.Name {
		return stmt.Cond
	}
	out := *cond
	out.X = init.Rhs[0]
	return &out
}

// outcomeSense returns what change of an if's condition can make the result true: one
// to false, where the branch gives a false result or goes on to the next candidate.
func outcomeSense(stmt *ast.IfStmt) summary.Change {
	if stmt.Else != nil || len(stmt.Body.List) == 0 {
		return 0
	}
	switch last := stmt.Body.List[len(stmt.Body.List)-1].(type) {
	case *ast.BranchStmt:
		if last.Tok == token.CONTINUE {
			return summary.Falls
		}
	case *ast.ReturnStmt:
		if len(last.Results) != 1 {
			return 0
		}
		if name, ok := ast.Unparen(last.Results[0]).(*ast.Ident); ok && (name.Name == "nil" || name.Name == "false") {
			return summary.Falls
		}
		return summary.Rises
	}
	return 0
}

// counted returns what a length is of, and anything else as it is.
func counted(e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 1 {
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "len" {
			return ast.Unparen(call.Args[0])
		}
	}
	return e
}

// sense records in what way the parts of expr must change for it to change as makes
// says.
func sense(senses map[token.Pos]summary.Change, expr ast.Expr, makes summary.Change) {
	switch e := ast.Unparen(expr).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			sense(senses, e.X, opposite(makes))
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			sense(senses, e.X, makes)
			sense(senses, e.Y, makes)
		case token.GTR, token.GEQ:
			sense(senses, e.X, makes)
			sense(senses, e.Y, opposite(makes))
		case token.LSS, token.LEQ:
			sense(senses, e.X, opposite(makes))
			sense(senses, e.Y, makes)
		case token.ADD:
			sense(senses, e.X, makes)
			sense(senses, e.Y, makes)
		case token.NEQ, token.EQL:
			if e.Op == token.EQL {
				makes = opposite(makes)
			}
			switch {
			case isLeast(e.Y):
				sense(senses, e.X, makes)
			case isLeast(e.X):
				sense(senses, e.Y, makes)
			}
		}
	case *ast.SelectorExpr:
		senses[e.Sel.Pos()] = makes
	case *ast.CallExpr:
		if of := counted(e); of != e {
			sense(senses, of, makes)
			return
		}
		senses[e.Lparen] = makes
	}
}

func opposite(c summary.Change) summary.Change {
	switch c {
	case summary.Rises:
		return summary.Falls
	case summary.Falls:
		return summary.Rises
	}
	return c
}

// isLeast reports whether e is nil, false or 0, of which nothing is less: what is
// counted is not negative.
func isLeast(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name == "nil" || e.Name == "false"
	case *ast.BasicLit:
		return e.Kind == token.INT && e.Value == "0"
	}
	return false
}

// loopSenses is what sensesOf is, for the loop around a wait: what change can end it. The
// loop goes on while its condition holds, and to the wait while those of the ifs around that do.
func loopSenses(fn *ssa.Function, wait token.Pos) map[token.Pos]summary.Change {
	senses := make(map[token.Pos]summary.Change)
	if fn.Syntax() == nil {
		return senses
	}
	var loop *ast.ForStmt
	var ifs []*ast.IfStmt // in that loop
	ast.Inspect(fn.Syntax(), func(n ast.Node) bool {
		if n == nil || wait < n.Pos() || n.End() <= wait {
			return false
		}
		switch n := n.(type) {
		case *ast.ForStmt:
			loop, ifs = n, nil
		case *ast.FuncLit:
			loop, ifs = nil, nil
		case *ast.IfStmt:
			ifs = append(ifs, n)
		}
		return true
	})
	for _, stmt := range ifs {
		switch {
		case stmt.Body.Pos() <= wait && wait < stmt.Body.End():
			sense(senses, named(stmt), summary.Falls)
		case stmt.Else != nil && stmt.Else.Pos() <= wait && wait < stmt.Else.End():
			sense(senses, named(stmt), summary.Rises)
		}
	}
	if loop == nil {
		return senses
	}
	if loop.Cond != nil {
		sense(senses, loop.Cond, summary.Falls)
	}
	for _, stmt := range loop.Body.List {
		if stmt, ok := stmt.(*ast.IfStmt); ok && stmt.Else == nil && leaves(stmt.Body) {
			sense(senses, named(stmt), summary.Rises)
		}
	}
	return senses
}

// leaves reports whether a block ends the loop that it is in.
func leaves(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	switch last := block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.BREAK
	}
	return false
}

// predicateWait records a wait until a predicate holds.
func (a *analysis) predicateWait(s *state, c called, effect model.Effect, on object) {
	if !a.record || a.env.Watched == nil {
		return
	}
	w := summary.PredicateWait{On: on.Object, Site: a.site(s, c.common.Pos(), c.common)}
	if effect.Until.Base != model.None {
		for _, t := range a.callback(c, effect.Until).targets {
			w.Predicate = append(w.Predicate, summary.Target{Func: a.key(t.fn), Via: t.via})
		}
		if branch, ok := a.spins(c.site, w); ok {
			pos := conditionPos(branch.Cond)
			w.Spin, w.SpinText = a.pos(a.syntax.start(pos)), a.syntax.text(pos)
		}
	} else { // which waits whenever it is come to
		senses := loopSenses(a.fn, c.common.Pos())
		loop := loopAround(c.site)
		for _, block := range loop {
			w.Reads = append(w.Reads, a.readsOf(block, senses)...)
		}
		if a.asksOutOfSight(loop, c.site) {
			for i := range w.Reads {
				w.Reads[i].Zero = false
			}
		}
	}
	a.sum.Waits = append(a.sum.Waits, w)
}
