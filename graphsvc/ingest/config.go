package ingest

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/egressor/egressor/internal/wire"
)

// Configuration of the ingest server.
type Configuration struct {
	// Listen is the gRPC address.
	Listen string
	TLS    wire.TLS
	// Insecure allows an address beyond loopback without TLS.
	Insecure bool
	// TotalBytes and AgentBytes bound the encoded batches that are being stored
	// at one time, of all agents together and of one.
	TotalBytes, AgentBytes int64
	// RetryDelay is what an agent is told to wait for when there is no room.
	RetryDelay time.Duration
	// AppendTimeout bounds one store of one batch.
	AppendTimeout time.Duration
	// MaxAhead is how far in the future a batch may claim to be.
	MaxAhead time.Duration
}

// DefaultConfiguration listens on loopback.
func DefaultConfiguration() Configuration {
	return Configuration{
		Listen:     "127.0.0.1:4317",
		TotalBytes: 256 << 20, AgentBytes: 64 << 20,
		RetryDelay: 2 * time.Second, AppendTimeout: time.Minute, MaxAhead: time.Hour,
	}
}

// Validate reports what is wrong with the configuration.
func (c Configuration) Validate() error {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return fmt.Errorf("ingest address: %w", err)
	}
	if !wire.IsLoopback(c.Listen) && !c.TLS.Enabled() && !c.Insecure {
		return fmt.Errorf("ingest address %s is open to others without TLS: give a certificate, or allow it as insecure", c.Listen)
	}
	if c.TotalBytes < wire.MaxBatchBytes || c.AgentBytes < wire.MaxBatchBytes {
		return fmt.Errorf("ingest limits of %d and %d bytes: the least is one batch of %d", c.TotalBytes, c.AgentBytes, wire.MaxBatchBytes)
	}
	if c.RetryDelay <= 0 || c.AppendTimeout <= 0 || c.MaxAhead <= 0 {
		return errors.New("ingest times must be above zero")
	}
	return nil
}
