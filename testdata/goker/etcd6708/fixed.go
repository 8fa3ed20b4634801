// Package etcd6708 is the repaired form: the leader is asked for before the client is locked, and only the result is stored
// under the lock.
package etcd6708

import (
	"context"
	"sync"
)

type doer interface {
	do(ctx context.Context) string
}

type clusterClient struct {
	sync.RWMutex
	prioritizeLeader bool
	endpoint         string
}

func (c *clusterClient) do(context.Context) string {
	c.RLock()
	defer c.RUnlock()
	return c.endpoint
}

func (c *clusterClient) sync(ctx context.Context) {
	endpoint := "any"
	if c.prioritizeLeader {
		endpoint = leader(ctx, c)
	}
	c.Lock()
	defer c.Unlock()
	c.endpoint = endpoint
}

type membersAPI struct {
	client doer
}

func (m *membersAPI) leader(ctx context.Context) string {
	return m.client.do(ctx)
}

func leader(ctx context.Context, c *clusterClient) string {
	api := &membersAPI{client: c}
	return api.leader(ctx)
}

// Run synchronises a client that prefers the leader.
func Run() {
	c := &clusterClient{prioritizeLeader: true}
	c.sync(context.Background())
}
