// Package lengths has slices of which only how many elements they have is known, and that by
// what they were made from.
package lengths

// Appended has one element for certain.
func Appended(list []int) {
	ch := make(chan int)
	if out := append(list, 1); len(out) == 0 {
		<-ch
	}
}

// Drained may have none left.
func Drained(list []int) {
	ch := make(chan int)
	out := append(list, 1)
	if out = out[1:]; len(out) == 0 {
		<-ch // want no-partner[breach/error]
	}
}

// Left has one of two left.
func Left(list []int) {
	ch := make(chan int)
	out := append(list, 1, 2)
	if out = out[:len(out)-1]; len(out) == 0 {
		<-ch
	}
}

// All receives from as many as it starts.
func All(list []int) {
	ch := make(chan int)
	for range append([]int(nil), list...) {
		go func() { ch <- 1 }()
	}
	for range list {
		<-ch
	}
}

// OneMore receives from one more than it starts.
func OneMore(list []int) {
	ch := make(chan int)
	for range list {
		go func() { ch <- 1 }()
	}
	for range append(list, 1) {
		<-ch // want no-partner[breach/error]
	}
}

// Tail starts one for each but the first, and receives from as many.
func Tail(list []int) {
	ch := make(chan int)
	for range list[1:] {
		go func() { ch <- 1 }()
	}
	for range len(list) - 1 {
		<-ch
	}
}

// Whole starts one for each but the first, and receives from one for each.
func Whole(list []int) {
	ch := make(chan int)
	for range list[1:] {
		go func() { ch <- 1 }()
	}
	for range list {
		<-ch // want no-partner[breach/error]
	}
}

// Part takes the same part twice.
func Part(list []int, from, to int) {
	ch := make(chan int)
	for range list[from:to] {
		go func() { ch <- 1 }()
	}
	for range list[from:to] {
		<-ch
	}
}

// Joined has as many as two have.
func Joined(list, more []int) {
	ch := make(chan int)
	for range append(list, more...) {
		go func() { ch <- 1 }()
	}
	for range append(list, more...) {
		<-ch
	}
}

// One has a part of one element.
func One(list []int, at int) {
	ch := make(chan int)
	for range list[at : at+1] {
		go func() { ch <- 1 }()
	}
	<-ch
}

// Two has a part of two.
func Two(list []int, at int) {
	ch := make(chan int)
	for range list[at : at+2] {
		go func() {
			ch <- 1 // want no-partner[breach/error]
		}()
	}
	<-ch
}

// Rest needs a list that has no more than one element: somebody may know that it has more.
func Rest(list []int) {
	ch := make(chan int, 1)
	for range list[1:] {
		select {
		case ch <- 1:
		default:
		}
	}
	<-ch // want no-partner[breach/warning]
}
