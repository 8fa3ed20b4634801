// Package fw is what the driver and the GPU's firmware agree on: the memory that they
// share, the messages in it, and the commands that work queues hold. It has no
// behaviour but that of a ring buffer.
package fw
