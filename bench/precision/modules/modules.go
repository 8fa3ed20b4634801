//go:build modules

// Package modules requires what fencelint's precision is measured on. It is never
// built: it exists for its go.mod.
package modules

import (
	_ "github.com/cloudwego/netpoll"
	_ "github.com/cockroachdb/pebble/v2"
	_ "github.com/dgraph-io/badger/v4"
	_ "github.com/hashicorp/raft"
	_ "github.com/hashicorp/yamux"
	_ "github.com/nats-io/nats-server/v2/server"
	_ "github.com/panjf2000/ants/v2"
	_ "github.com/prometheus/prometheus/storage/remote"
	_ "github.com/prometheus/prometheus/tsdb"
	_ "github.com/quic-go/quic-go/http3"
	_ "go.etcd.io/bbolt"
	_ "golang.zx2c4.com/wireguard/device"
	_ "google.golang.org/grpc/xds"
	_ "gvisor.dev/gvisor/pkg/sentry/devices/nvproxy"
	_ "gvisor.dev/gvisor/pkg/sentry/mm"
	_ "gvisor.dev/gvisor/pkg/sentry/pgalloc"
	_ "gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	_ "gvisor.dev/gvisor/pkg/tcpip/stack"
	_ "gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	_ "gvisor.dev/gvisor/pkg/tcpip/transport/udp"
)
