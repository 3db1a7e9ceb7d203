package uplink

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/egressor/egressor/internal/wire"
)

// Configuration of the uplink.
type Configuration struct {
	// Server is the ingest's host:port.
	Server string
	TLS    wire.TLS
	// Insecure allows a server beyond loopback without TLS.
	Insecure bool
	// TokenFile holds the token that the ingest asks for, "" where it asks for none.
	TokenFile string
	// Window is how many batches may wait for their answer at one time.
	Window int
	// Tries is how often a batch is sent that the ingest refuses.
	Tries int
	// BackoffMin and BackoffMax bound the pause between two connections. It
	// doubles with every failure and is drawn at random from its upper half, so
	// that agents which lost one server do not come back in step.
	BackoffMin, BackoffMax time.Duration
	// AnswerTimeout ends a connection on which nothing is answered.
	AnswerTimeout time.Duration
}

// DefaultConfiguration sends to an ingest on the same machine.
func DefaultConfiguration() Configuration {
	return Configuration{
		Server: "127.0.0.1:4317", Window: 8, Tries: 3,
		BackoffMin: 500 * time.Millisecond, BackoffMax: 30 * time.Second, AnswerTimeout: 2 * time.Minute,
	}
}

// Validate reports what is wrong with the configuration.
func (c Configuration) Validate() error {
	if _, _, err := net.SplitHostPort(c.Server); err != nil {
		return fmt.Errorf("server address: %w", err)
	}
	if !wire.IsLoopback(c.Server) && !c.TLS.Enabled() && !c.Insecure {
		return fmt.Errorf("server %s is beyond this machine and there is no TLS: give a certificate and authorities, or --insecure", c.Server)
	}
	if c.Window < 1 || c.Tries < 1 {
		return fmt.Errorf("uplink window %d and tries %d: want at least 1", c.Window, c.Tries)
	}
	if c.BackoffMin <= 0 || c.BackoffMax < c.BackoffMin || c.AnswerTimeout <= 0 {
		return errors.New("uplink pauses must be above zero, the longest not below the shortest")
	}
	return nil
}
