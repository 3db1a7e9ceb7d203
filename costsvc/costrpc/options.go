package costrpc

import "google.golang.org/grpc"

// A minute of a hundred thousand edges is a few megabytes each way, which gRPC's
// windows of 64 KiB would send in pieces, each waiting for the one before.
const (
	streamWindow     = 4 << 20
	connectionWindow = 8 << 20
	buffer           = 256 << 10
)

// ServerOptions suit a server of the Cost service.
func ServerOptions() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.InitialWindowSize(streamWindow), grpc.InitialConnWindowSize(connectionWindow), grpc.ReadBufferSize(buffer), grpc.WriteBufferSize(buffer),
	}
}

// DialOptions suit a connection to it.
func DialOptions() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithInitialWindowSize(streamWindow), grpc.WithInitialConnWindowSize(connectionWindow), grpc.WithReadBufferSize(buffer), grpc.WithWriteBufferSize(buffer),
	}
}
