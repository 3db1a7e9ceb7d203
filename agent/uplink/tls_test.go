package uplink_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/egressor/egressor/agent/spool"
	"github.com/egressor/egressor/agent/uplink"
	"github.com/egressor/egressor/graphsvc/ingest"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
	"github.com/egressor/egressor/internal/wire"
)

// authority signs certificates for one test.
type authority struct {
	dir         string
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	file        string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{dir: t.TempDir()}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, NotAfter: time.Now().Add(time.Hour),
	}
	var der []byte
	a.key, der = sign(t, template, template, nil)
	var err error
	if a.certificate, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.file = a.write(t, "ca.pem", "CERTIFICATE", der)
	return a
}

// sign makes a key and signs a certificate for it; a nil parentKey self-signs.
func sign(t *testing.T, template, parent *x509.Certificate, parentKey *ecdsa.PrivateKey) (*ecdsa.PrivateKey, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if parentKey == nil {
		parentKey = key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}

func (a *authority) write(t *testing.T, name, kind string, der []byte) string {
	t.Helper()
	path := filepath.Join(a.dir, name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// issue returns the files of a certificate that this authority vouches for.
func (a *authority) issue(t *testing.T, name string) wire.TLS {
	t.Helper()
	key, der := sign(t, &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}, a.certificate, a.key)
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return wire.TLS{
		CertFile: a.write(t, name+".pem", "CERTIFICATE", der),
		KeyFile:  a.write(t, name+"-key.pem", "EC PRIVATE KEY", keyDER), CAFile: a.file,
	}
}

// acceptAll is a store that forgets.
type acceptAll struct{}

func (acceptAll) Append(context.Context, model.Batch, string, time.Time) error { return nil }
func (acceptAll) Lookup(context.Context, model.BatchKey) (string, bool, error) {
	return "", false, nil
}

func TestBothSidesProveWhoTheyAre(t *testing.T) {
	ours, strangers := newAuthority(t), newAuthority(t)
	config := ingest.DefaultConfiguration()
	config.Listen, config.TLS = "127.0.0.1:0", ours.issue(t, "ingest")
	server, err := ingest.New(report.Discard(), config, ingest.Dependencies{Store: acceptAll{}, Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })

	good := ours.issue(t, "agent")
	foreign := strangers.issue(t, "agent")
	for name, tc := range map[string]struct {
		tls wire.TLS
		ok  bool
	}{
		"our certificate":               {good, true},
		"no certificate":                {wire.TLS{CAFile: ours.file}, false},
		"a stranger's certificate":      {wire.TLS{CertFile: foreign.CertFile, KeyFile: foreign.KeyFile, CAFile: ours.file}, false},
		"a server that we do not trust": {wire.TLS{CertFile: good.CertFile, KeyFile: good.KeyFile, CAFile: strangers.file}, false},
		"no TLS":                        {wire.TLS{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			patience := 2 * time.Second
			if tc.ok {
				patience = time.Minute
			}
			if got := reaches(t, server.Address(), tc.tls, patience); got != tc.ok {
				t.Fatalf("a batch got through: %v, want %v", got, tc.ok)
			}
		})
	}
}

// reaches reports whether a batch is answered as durable within a time of retries
// every millisecond.
func reaches(t *testing.T, address string, files wire.TLS, patience time.Duration) bool {
	t.Helper()
	s, err := spool.Open(spool.Configuration{Dir: t.TempDir(), LimitBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	b := batch(1, 0)
	b.Mode = model.CaptureSockets
	data, err := wire.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(data, spool.Summary{}, nil); err != nil {
		t.Fatal(err)
	}
	config := uplink.DefaultConfiguration()
	config.Server, config.TLS, config.BackoffMin, config.BackoffMax = address, files, time.Millisecond, time.Millisecond
	r := report.Discard()
	u, err := uplink.New(r, config, uplink.Dependencies{Spool: s, Clock: clock.System{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := u.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = u.Stop(context.Background()) }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return u.Drain(ctx) == nil
}

func TestTLSFileErrors(t *testing.T) {
	good := newAuthority(t).issue(t, "agent")
	for _, files := range []wire.TLS{
		{CertFile: good.CertFile},
		{CertFile: "/nonexistent.pem", KeyFile: good.KeyFile},
		{CAFile: good.KeyFile},
		{CAFile: "/nonexistent.pem"},
	} {
		if _, err := files.Client(); err == nil {
			t.Errorf("client with %+v: no error", files)
		}
		if _, err := files.Server(); err == nil {
			t.Errorf("server with %+v: no error", files)
		}
	}
}
