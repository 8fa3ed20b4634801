package oracle

// Look compares what fencelint and the reference see in one program.
func (c *Checker) Look(p *Program) (*Outcome, error) {
	ref, err := Explore(p)
	if err != nil {
		return nil, err
	}
	const name = "p"
	o := &Outcome{Program: p, Source: Print(p, name), Reference: ref}
	reports, err := c.Reports(map[string]Source{name: o.Source})
	if err != nil {
		return nil, err
	}
	o.judge(reports[name])
	return o, nil
}
