package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// The size of a tiled vertex buffer, in blocks of one page.
const (
	firstBlocks = 2
	maxBlocks   = 16
)

// buffer is the tiled vertex buffer that a queue's renders share. It grows at
// submission, by what the firmware says earlier renders would have needed. All but
// its scenes belong to the submission that holds the queue's lock.
type buffer struct {
	owner  *queue
	dev    *Device
	info   fw.Buffer
	blocks []*kmem.Pages
	slot   slot.Owner // for each scene
}

func newBuffer(owner *queue) *buffer {
	b := &buffer{owner: owner, dev: owner.dev}
	b.slot.Init(b)
	return b
}

// newScene gets the buffer ready for one render. It may wait for a buffer slot.
func (b *buffer) newScene(t *sim.Task) error {
	if err := b.grow(t, min(max(firstBlocks, b.info.Used), maxBlocks)); err != nil {
		return err
	}
	c := slot.Claim{Owner: &b.slot, Users: 1}
	if err := b.dev.buffers.Get(t, b.owner.priority, &c); err != nil {
		return err
	}
	b.info.Slot = b.slot.Index()
	return nil
}

// grow makes the buffer at least n blocks large.
func (b *buffer) grow(t *sim.Task, n int) error {
	if n <= len(b.blocks) {
		return nil
	}
	blocks, err := kmem.Grow(t, gfp.Kernel, b.blocks, n-len(b.blocks))
	if err != nil {
		return err
	}
	b.blocks = blocks
	for len(b.blocks) < n {
		p, err := b.dev.allocate(t, 1)
		if err != nil {
			return err
		}
		b.blocks = append(b.blocks, p)
		b.dev.stats.GrownBlocks++
		b.info.Blocks = len(b.blocks)
	}
	return nil
}

// dropScene ends one render's use; the last one gives the slot back.
func (b *buffer) dropScene(t *sim.Task) { b.dev.buffers.Put(t, &b.slot) }

// fini frees the blocks. No scene is left.
func (b *buffer) fini(t *sim.Task) {
	for _, p := range b.blocks {
		kmem.Free(t, p)
	}
	b.blocks = nil
}
