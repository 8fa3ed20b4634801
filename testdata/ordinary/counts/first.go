package counts

import "errors"

var errRefused = errors.New("refused")

// CheckAll waits for as many answers as it has asked for, and keeps the first error.
func CheckAll(checks []func() error) error {
	answers := make(chan error, 1)
	for _, check := range checks {
		go func() { answers <- check() }()
	}
	var first error
	for range checks {
		if err := <-answers; first == nil {
			first = err
		}
	}
	return first
}

// CheckOthers does not ask those that it was not given, and waits for them.
func CheckOthers(checks []func() error) error {
	answers := make(chan error, 1)
	for _, check := range checks {
		if check != nil {
			go func() { answers <- check() }()
		}
	}
	var first error
	for range checks {
		if err := <-answers; first == nil { // want no-partner[breach/error]
			first = err
		}
	}
	return first
}

// CheckEither has one error of two kinds, whatever comes of the second check.
func CheckEither(checks []func() error) (failed, refused bool) {
	answers := make(chan error)
	for _, check := range checks {
		go func() { answers <- check() }()
	}
	for range checks {
		err := <-answers
		if err == nil {
			continue
		}
		if err == errRefused {
			refused = true
			continue
		}
		failed = true
	}
	return failed, refused
}
