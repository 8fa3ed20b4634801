package counts

// Snapshot is made of parts, which stay what they are.
type Snapshot struct {
	parts  []func() int
	spare  []func() int
	number int
}

// NewSnapshot has those that are not empty.
func NewSnapshot(all []func() int) *Snapshot {
	s := &Snapshot{}
	for _, part := range all {
		if part != nil {
			s.parts = append(s.parts, part)
			s.spare = append(s.spare, part)
			s.number = s.count()
		}
	}
	return s
}

func (s *Snapshot) count() int { return len(s.parts) }

// Sum waits for all parts.
func (s *Snapshot) Sum() (sum int) {
	results := make(chan int, len(s.parts))
	for _, part := range s.parts {
		go func() { results <- part() }()
	}
	for count := 0; count < len(s.parts); count++ {
		sum += <-results
	}
	return sum
}

// SumSpare waits for one more.
func (s *Snapshot) SumSpare() (sum int) {
	results := make(chan int, len(s.spare))
	for _, part := range s.spare {
		go func() { results <- part() }()
	}
	for count := 0; count <= len(s.spare); count++ {
		sum += <-results // want no-partner[breach/error]
	}
	return sum
}
