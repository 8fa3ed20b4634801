package instances

// ask starts what answers, and may not wait for the answer.
func ask[T any](stop <-chan struct{}, f func() T) (answer T) {
	answers := make(chan T)
	go func() { answers <- f() }() // want no-partner[breach]
	select {
	case <-stop:
	case answer = <-answers:
	}
	return answer
}

// askWithRoom has room for the answer.
func askWithRoom[T any](stop <-chan struct{}, f func() T) (answer T) {
	answers := make(chan T, 1)
	go func() { answers <- f() }()
	select {
	case <-stop:
	case answer = <-answers:
	}
	return answer
}

// relay is a generic type whose method starts something.
type relay[T any] struct{ in chan T }

// Drain takes one and leaves.
func (r *relay[T]) Drain(first func(T) bool) {
	out := make(chan T)
	go func() {
		for v := range r.in {
			out <- v // want no-partner[breach]
		}
		close(out)
	}()
	for v := range out {
		if first(v) {
			return
		}
	}
}

// through calls another generic function with what it was given.
func through[T any](v T) T { return within(v) }

func within[T any](v T) T {
	out := make(chan T)
	go func() { out <- v }()
	return <-out
}

// Ask has them be of known types.
func Ask(stop chan struct{}, in chan string) int {
	r := &relay[string]{in}
	r.Drain(func(s string) bool { return s == "" })
	return ask(stop, func() int { return 1 }) + askWithRoom(stop, func() int { return 2 }) + through(3)
}
