package uplink

import (
	"context"
	"fmt"
	"os"
	"strings"

	"google.golang.org/grpc/credentials"
)

// token sends the agent's token with every stream. The file is read each time,
// so that a new token is taken without a restart.
type token struct {
	path string
	// secure refuses to send it over a connection that others can read.
	secure bool
}

var _ credentials.PerRPCCredentials = token{}

// GetRequestMetadata returns the header that the ingest reads.
func (t token) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	text, err := os.ReadFile(t.path)
	if err != nil {
		return nil, fmt.Errorf("token file: %w", err)
	}
	return map[string]string{"authorization": "Bearer " + strings.TrimSpace(string(text))}, nil
}

// RequireTransportSecurity reports whether TLS is needed.
func (t token) RequireTransportSecurity() bool { return t.secure }
