// Package grpc1275 is the repaired form: closing the stream puts an end into its buffer, which ends the pending read.
package grpc1275

import "io"

type recvBuffer struct {
	c chan error
}

func (b *recvBuffer) put(err error) {
	select {
	case b.c <- err:
	default:
	}
}

func (b *recvBuffer) get() <-chan error {
	return b.c
}

type recvBufferReader struct {
	recv *recvBuffer
}

func (r *recvBufferReader) Read([]byte) (int, error) {
	return 0, <-r.recv.get()
}

type stream struct {
	buf    *recvBuffer
	reader io.Reader
}

func (s *stream) read(p []byte) (int, error) {
	return io.ReadFull(s.reader, p)
}

type client struct{}

func (*client) newStream() *stream {
	buf := &recvBuffer{c: make(chan error, 1)}
	return &stream{buf: buf, reader: &recvBufferReader{recv: buf}}
}

func (*client) closeStream(s *stream) {
	s.buf.put(io.EOF)
}

// Run closes a stream that is being read.
func Run() {
	c := &client{}
	s := c.newStream()
	donec := make(chan struct{})
	go func() {
		defer close(donec)
		_, _ = s.read(make([]byte, 1))
	}()
	c.closeStream(s)
	<-donec
}
