package counts

// Failed starts as many as it is told to, each with a number of its own, and leaves with
// the first that failed: those that come later find nobody. Who captures what a loop counts
// in may have others count too.
func Failed(n int, fetch func(int) error) error {
	errs := make(chan error)
	for i := 0; i < n; i++ {
		go func() { errs <- fetch(i) }() // want no-partner[breach/warning]
	}
	for i := 0; i < n; i++ {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// FailedWithRoom has room for all of them.
func FailedWithRoom(n int, fetch func(int) error) error {
	errs := make(chan error, n)
	for i := 0; i < n; i++ {
		go func() { errs <- fetch(i) }()
	}
	for i := 0; i < n; i++ {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}
