// Package app wires the cost service: the same parts run in `costsvc`, in
// `egressor demo` and in tests.
package app

import (
	"errors"
	"fmt"
	"net"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/costsvc/costrpc"
	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/wire"
)

// Config is what an operator can set.
type Config struct {
	// Listen is the gRPC address.
	Listen string
	// Book is the name of an embedded price book, or the path of a file.
	Book string
	// TLS is needed to listen beyond the loopback.
	TLS wire.TLS
}

// DefaultConfig listens on the loopback with the default book.
func DefaultConfig() Config {
	return Config{Listen: "127.0.0.1:4318", Book: pricebooks.Default}
}

// AddFlags defines the flags of the configuration, with its values as defaults.
func (c *Config) AddFlags(flags *pflag.FlagSet) {
	flags.StringVar(&c.Listen, "listen", c.Listen, "address of the gRPC service")
	flags.StringVar(&c.Book, "book", c.Book, "price book: a name, or the path of a file")
	flags.StringVar(&c.TLS.CertFile, "tls-cert", c.TLS.CertFile, "certificate file (PEM); needed to listen beyond the loopback")
	flags.StringVar(&c.TLS.KeyFile, "tls-key", c.TLS.KeyFile, "key file (PEM)")
	flags.StringVar(&c.TLS.CAFile, "tls-ca", c.TLS.CAFile, "file of the authorities (PEM) that clients' certificates must come from")
}

// Validate says what cannot work before anything starts.
func (c *Config) Validate() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("listen address %q: %w; want HOST:PORT, such as 127.0.0.1:4318", c.Listen, err)
	}
	mutual := c.TLS.CertFile != "" && c.TLS.KeyFile != "" && c.TLS.CAFile != ""
	if ip := net.ParseIP(host); !mutual && (ip == nil || !ip.IsLoopback()) && host != "localhost" {
		return fmt.Errorf("listen address %q is open to the network: set --tls-cert, --tls-key and --tls-ca, or listen on 127.0.0.1", c.Listen)
	}
	if c.Book == "" {
		return errors.New("no price book is named: set --book")
	}
	return nil
}

// App is the wired service.
type App struct {
	// Service is the gRPC server; its Addr is known once it has started.
	Service *Service
}

// New wires the service without starting anything. It fails for a
// configuration or a price book that cannot work.
func New(reporter *report.Reporter, config Config) (*App, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	book, err := pricebooks.Load(config.Book)
	if err != nil {
		return nil, err
	}
	service, err := newService(reporter.Log("costsvc"), config, costrpc.NewServer(book))
	if err != nil {
		return nil, err
	}
	return &App{service}, nil
}

// Components are the parts in the order of their start.
func (a *App) Components() []component.Named {
	return []component.Named{{Name: "cost service", Component: a.Service}}
}
