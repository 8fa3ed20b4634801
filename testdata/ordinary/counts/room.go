package counts

type reply struct{ err error }

// Link answers on the channel that it is given, or on one that it makes.
type Link struct{}

// Ask has room for the answer: it gives no channel.
func (l *Link) Ask() error { return l.ask(nil) }

func (l *Link) ask(answer chan reply) error {
	if cap(answer) < 1 {
		answer = make(chan reply, 1)
	}
	answer <- reply{}
	return (<-answer).err
}

// AskTwice has room for one answer, and gets two.
func (l *Link) AskTwice() error { return l.twice(nil) }

func (l *Link) twice(answer chan reply) error {
	if cap(answer) < 1 {
		answer = make(chan reply, 1)
	}
	answer <- reply{}
	answer <- reply{} // want no-partner[breach/error]
	return (<-answer).err
}

// AskAgain makes another channel only where there is no room.
func (l *Link) AskAgain(answer chan reply) error {
	if cap(answer) == 0 {
		answer = make(chan reply, 1)
		answer <- reply{}
	}
	if cap(answer) == 0 {
		<-make(chan reply) // nobody comes here
	}
	return (<-answer).err
}
