package lengths

// Leader sends where it is the leader, and receives where it is.
func Leader(me, leader int) {
	ch := make(chan int)
	if me == leader {
		go func() { ch <- 1 }()
	}
	if leader == me {
		<-ch
	}
}

// Follower receives from whom it is not the leader of.
func Follower(me, leader, other int) {
	ch := make(chan int)
	if me == leader {
		go func() { ch <- 1 }() // want no-partner[breach/error]
	}
	if me == other {
		<-ch // want no-partner[breach/error]
	}
}

// Others leaves itself out both times.
func Others(ids []int, me int) {
	ch := make(chan int)
	for _, id := range ids {
		if id == me {
			continue
		}
		go func() { ch <- 1 }()
	}
	for _, id := range ids {
		if id == me {
			continue
		}
		<-ch
	}
}

// Even asks twice whether a number is even.
func Even(n int) {
	ch := make(chan int)
	if n%2 == 0 {
		go func() { ch <- 1 }()
	}
	if n%2 == 0 {
		<-ch
	}
}
