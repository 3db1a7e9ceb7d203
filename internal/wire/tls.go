package wire

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
)

// TLS names the PEM files of one side of the connection. With all three set,
// both sides prove who they are. Certificates are read again for every
// handshake, so that a renewed one is taken without a restart.
type TLS struct {
	// CertFile and KeyFile prove this side; CAFile checks the other.
	CertFile, KeyFile, CAFile string
}

// Enabled reports whether any file is set.
func (t TLS) Enabled() bool { return t != TLS{} }

// Server returns the configuration of the listening side. With a CAFile it
// demands a certificate of every client.
func (t TLS) Server() (*tls.Config, error) {
	if t.CertFile == "" || t.KeyFile == "" {
		return nil, errors.New("TLS of a server needs a certificate and a key file")
	}
	if _, err := t.pair(); err != nil {
		return nil, err
	}
	config := &tls.Config{
		MinVersion:     tls.VersionTLS13,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return t.pair() },
	}
	if t.CAFile == "" {
		return config, nil
	}
	pool, err := t.pool()
	if err != nil {
		return nil, err
	}
	config.ClientCAs, config.ClientAuth = pool, tls.RequireAndVerifyClientCert
	return config, nil
}

// Client returns the configuration of the dialling side. Without a CAFile the
// system's authorities check the server.
func (t TLS) Client() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS13}
	if t.CAFile != "" {
		pool, err := t.pool()
		if err != nil {
			return nil, err
		}
		config.RootCAs = pool
	}
	if (t.CertFile == "") != (t.KeyFile == "") {
		return nil, errors.New("TLS of a client needs a certificate and a key file, or neither")
	}
	if t.CertFile == "" {
		return config, nil
	}
	if _, err := t.pair(); err != nil {
		return nil, err
	}
	config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return t.pair() }
	return config, nil
}

func (t TLS) pair() (*tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("TLS certificate %s with key %s: %w", t.CertFile, t.KeyFile, err)
	}
	return &pair, nil
}

func (t TLS) pool() (*x509.CertPool, error) {
	pem, err := os.ReadFile(t.CAFile)
	if err != nil {
		return nil, fmt.Errorf("TLS authorities: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("TLS authorities: %s holds no PEM certificate", t.CAFile)
	}
	return pool, nil
}

// IsLoopback reports whether a host:port address stays on this machine. A name
// other than localhost does not count: it may resolve to anything.
func IsLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
