package workload

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

// caller makes one call after the other; it is used by one goroutine.
type caller interface {
	call(ctx context.Context) error
}

// keepCalling calls until ctx ends, or as often as the call says. A failure is logged when it begins and
// when it is over; the next call comes at its time all the same.
func keepCalling(ctx context.Context, log *slog.Logger, c Call) {
	log = log.With("to", c.To, "protocol", c.Protocol)
	calls, err := newCaller(c)
	if err != nil {
		log.Error("cannot call", "error", err)
		return
	}
	// Callers start at a random point of their rhythm, not all in one instant.
	wait := time.NewTimer(rand.N(c.Every))
	defer wait.Stop()
	failing := false
	for worked := 0; c.Times == 0 || worked < c.Times; {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		started := time.Now()
		err := calls.call(ctx)
		if err == nil {
			worked++
		}
		if failed := err != nil; failed != failing {
			failing = failed
			log.Info("calls changed", "failing", failing, "error", err)
		}
		wait.Reset(max(0, c.Every-time.Since(started)))
	}
}

func newCaller(c Call) (caller, error) {
	if c.Every <= 0 {
		return nil, fmt.Errorf("a call needs a positive time between two, not %s", c.Every)
	}
	switch c.Protocol {
	case HTTP:
		return newHTTPCaller(c), nil
	case RPC:
		return &rpcCaller{spec: c}, nil
	case Bulk:
		return bulkCaller{c}, nil
	case UDP:
		return udpCaller{c}, nil
	default:
		return nil, fmt.Errorf("unknown protocol %q", c.Protocol)
	}
}

type httpCaller struct {
	spec   Call
	url    string
	client *http.Client
	calls  int
}

func newHTTPCaller(c Call) *httpCaller {
	return &httpCaller{
		spec:   c,
		url:    fmt.Sprintf("http://%s/bytes?n=%d", c.To, c.ResponseBytes),
		client: &http.Client{Timeout: callTimeout, Transport: &http.Transport{MaxIdleConnsPerHost: 1}},
	}
}

func (c *httpCaller) call(ctx context.Context) error {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if c.spec.RequestBytes > 0 {
		method, body = http.MethodPost, io.LimitReader(endless{}, c.spec.RequestBytes)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.url, body)
	if err != nil {
		return err
	}
	request.ContentLength = c.spec.RequestBytes
	c.calls++
	request.Close = c.spec.PerConnection > 0 && c.calls%c.spec.PerConnection == 0
	response, err := c.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || n != c.spec.ResponseBytes) {
		err = fmt.Errorf("answer %s with %d bytes, want %d", response.Status, n, c.spec.ResponseBytes)
	}
	return err
}

type rpcCaller struct {
	spec  Call
	conn  net.Conn
	calls int
}

func (c *rpcCaller) call(ctx context.Context) error {
	if c.conn == nil {
		conn, err := dial(ctx, "tcp4", c.spec)
		if err != nil {
			return err
		}
		c.conn, c.calls = conn, 0
	}
	err := c.exchange()
	c.calls++
	if err != nil || c.calls == c.spec.PerConnection {
		c.conn.Close()
		c.conn = nil
	}
	return err
}

func (c *rpcCaller) exchange() error {
	if err := c.conn.SetDeadline(deadline()); err != nil {
		return err
	}
	var header [16]byte
	binary.BigEndian.PutUint64(header[:8], uint64(c.spec.RequestBytes))
	binary.BigEndian.PutUint64(header[8:], uint64(c.spec.ResponseBytes))
	if _, err := c.conn.Write(header[:]); err != nil {
		return err
	}
	if err := writeZeros(c.conn, c.spec.RequestBytes); err != nil {
		return err
	}
	_, err := io.CopyN(io.Discard, c.conn, c.spec.ResponseBytes)
	return err
}

type bulkCaller struct{ spec Call }

func (c bulkCaller) call(ctx context.Context) error {
	conn, err := dial(ctx, "tcp4", c.spec)
	if err != nil {
		return err
	}
	defer conn.Close()
	return writeZeros(conn, c.spec.RequestBytes)
}

type udpCaller struct{ spec Call }

func (c udpCaller) call(ctx context.Context) error {
	conn, err := dial(ctx, "udp4", c.spec)
	if err != nil {
		return err
	}
	defer conn.Close()
	question := make([]byte, max(2, c.spec.RequestBytes))
	binary.BigEndian.PutUint16(question, uint16(c.spec.ResponseBytes))
	if _, err := conn.Write(question); err != nil {
		return err
	}
	_, err = conn.Read(make([]byte, 65536))
	return err
}

// dial connects and bounds everything on the connection by the call's time.
func dial(ctx context.Context, network string, c Call) (net.Conn, error) {
	dialer := net.Dialer{Timeout: callTimeout}
	conn, err := dialer.DialContext(ctx, network, c.To.String())
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(deadline()); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// endless reads as zeros without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
