package clickhouse

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"time"

	clickhousego "github.com/ClickHouse/clickhouse-go/v2"
)

// Protocol is how to speak to the store.
type Protocol string

// Protocols.
const (
	// ProtocolAuto follows the address: http for an http or https URL, native
	// for everything else.
	ProtocolAuto   Protocol = ""
	ProtocolNative Protocol = "native"
	ProtocolHTTP   Protocol = "http"
)

// Config says which store to use. Address alone is required.
type Config struct {
	// Address is host, host:port or a URL: clickhouse://, tcp:// and none mean
	// the native protocol (port 9000, with TLS 9440), http:// and https:// mean
	// HTTP (8123, 8443). Credentials in a URL are refused: they end up in logs.
	Address  string
	Protocol Protocol
	// Database is created when it does not exist; "" is "default".
	Database string
	// User is "default" where empty.
	User, Password string
	// PasswordFile is read at Start in place of Password: the key file of the
	// embedded engine is there only once its Child has started.
	PasswordFile string
	// TLS encrypts the connection and checks the server's certificate against
	// the system's roots. An https URL implies it.
	TLS bool
	// MaxConnections bounds concurrent statements; 0 means 8.
	MaxConnections int
}

// DefaultConfig is the embedded engine at its default address.
func DefaultConfig() Config {
	return Config{Address: "http://127.0.0.1:8123", Database: "egressor", User: "default", MaxConnections: 8}
}

// readTimeout bounds the wait for the next byte of an answer. A fold reads a
// minute in far less; a mutation waits for its parts to be rewritten.
const readTimeout = 5 * time.Minute

// target is an address resolved to what the driver needs.
type target struct {
	hostPort string
	protocol Protocol
	tls      bool
}

// resolve reads Address, Protocol and TLS together.
func (c Config) resolve() (target, error) {
	if c.Address == "" {
		return target{}, fmt.Errorf("clickhouse address is empty: want host:port or a URL such as http://127.0.0.1:8123")
	}
	host, scheme, err := splitScheme(c.Address)
	if err != nil {
		return target{}, err
	}
	t := target{protocol: c.Protocol, tls: c.TLS}
	switch scheme {
	case "http", "https":
		t.tls = t.tls || scheme == "https"
		if t.protocol == ProtocolAuto {
			t.protocol = ProtocolHTTP
		}
	case "", "clickhouse", "tcp", "native":
		if t.protocol == ProtocolAuto {
			t.protocol = ProtocolNative
		}
	default:
		return target{}, fmt.Errorf("clickhouse address %q: unknown scheme %q, want clickhouse, http or https", c.Address, scheme)
	}
	if t.protocol != ProtocolNative && t.protocol != ProtocolHTTP {
		return target{}, fmt.Errorf("clickhouse protocol %q: want native or http", t.protocol)
	}
	t.hostPort = withPort(host, t.defaultPort())
	return t, nil
}

func splitScheme(address string) (host, scheme string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address, "", nil //nolint:nilerr // host or host:port, which url.Parse takes for a path or a scheme
	}
	if u.User != nil {
		return "", "", fmt.Errorf("clickhouse address for host %s holds a user or password: give them as --clickhouse-user and --clickhouse-password-file", u.Host)
	}
	if u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return "", "", fmt.Errorf("clickhouse address %q has a path or a query: want scheme://host:port alone", address)
	}
	return u.Host, u.Scheme, nil
}

func withPort(host, port string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(host, port)
}

func (t target) defaultPort() string {
	switch {
	case t.protocol == ProtocolHTTP && t.tls:
		return "8443"
	case t.protocol == ProtocolHTTP:
		return "8123"
	case t.tls:
		return "9440"
	default:
		return "9000"
	}
}

// options are the driver's.
func (c Config) options(t target, database string) *clickhousego.Options {
	connections := c.MaxConnections
	if connections == 0 {
		connections = 8
	}
	options := &clickhousego.Options{
		Addr:         []string{t.hostPort},
		Protocol:     clickhousego.Native,
		Auth:         clickhousego.Auth{Database: database, Username: c.user(), Password: c.Password},
		DialTimeout:  10 * time.Second,
		ReadTimeout:  readTimeout,
		MaxOpenConns: connections,
		MaxIdleConns: connections,
		Compression:  &clickhousego.Compression{Method: clickhousego.CompressionLZ4},
	}
	if t.protocol == ProtocolHTTP {
		options.Protocol = clickhousego.HTTP
	}
	if host, _, _ := net.SplitHostPort(t.hostPort); isLoopback(host) {
		options.Compression = nil // copying within one machine is cheaper than compressing
	}
	if t.tls {
		options.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return options
}

func (c Config) user() string {
	if c.User == "" {
		return "default"
	}
	return c.User
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
