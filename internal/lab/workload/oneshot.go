package workload

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
)

// SinkOpened is the first line that mode sink prints, as JSON.
type SinkOpened struct{ Port uint16 }

// Transferred is what modes sink and send print at the end, as JSON.
type Transferred struct {
	Local, Remote netip.AddrPort
	// Bytes is the payload that this end sent or received, each byte once.
	Bytes int64
	// ResentBytes is the payload that the sender's kernel sent again; the
	// receiver cannot know it.
	ResentBytes int64
}

// fetch gets that many bytes by HTTP, once.
func fetch(ctx context.Context, address, bytes string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	n, err := strconv.ParseInt(bytes, 10, 64)
	if err != nil {
		return fmt.Errorf("fetch: %q is no number of bytes", bytes)
	}
	if err := newHTTPCaller(Call{To: to, ResponseBytes: n, PerConnection: 1}).call(ctx); err != nil {
		return fmt.Errorf("fetch from %s: %w", address, err)
	}
	return nil
}

// sink accepts one connection and reads it to its end without answering.
func sink(ctx context.Context, out io.Writer) error {
	listener, err := net.Listen("tcp4", ":0")
	if err != nil {
		return fmt.Errorf("sink: %w", err)
	}
	defer listener.Close()
	defer context.AfterFunc(ctx, func() { listener.Close() })()
	opened := SinkOpened{Port: addrPort(listener.Addr()).Port()}
	if err := json.NewEncoder(out).Encode(opened); err != nil {
		return err
	}
	conn, err := listener.Accept()
	if err != nil {
		return fmt.Errorf("sink: accept on port %d: %w", opened.Port, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	n, err := io.Copy(io.Discard, conn)
	if err != nil {
		return fmt.Errorf("sink: after %d bytes: %w", n, err)
	}
	return report(out, conn, Transferred{Bytes: n})
}

// send holds the open connection until hold has a line, where that is not nil.
func send(ctx context.Context, hold io.Reader, out io.Writer, address, bytes string) error {
	n, err := strconv.ParseInt(bytes, 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("send: %q is no number of bytes", bytes)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp4", address)
	if err != nil {
		return fmt.Errorf("send: %w", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if err := await(hold, out); err != nil {
		return fmt.Errorf("send to %s: %w", address, err)
	}
	if err := writeZeros(conn, n); err != nil {
		return fmt.Errorf("send to %s: %w", address, err)
	}
	// Wait for the other end's FIN, so that the close is an orderly one and the
	// socket's counters are final when this process ends.
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		return fmt.Errorf("send to %s: %w", address, err)
	}
	if _, err := io.Copy(io.Discard, conn); err != nil {
		return fmt.Errorf("send to %s: wait for the end: %w", address, err)
	}
	resent, err := resentBytes(conn.(*net.TCPConn))
	if err != nil {
		return fmt.Errorf("send to %s: read the connection's counters: %w", address, err)
	}
	return report(out, conn, Transferred{Bytes: n, ResentBytes: resent})
}

func await(hold io.Reader, out io.Writer) error {
	if hold == nil {
		return nil
	}
	if _, err := fmt.Fprintln(out, wordReady); err != nil {
		return err
	}
	_, err := bufio.NewReader(hold).ReadString('\n')
	return err
}

func report(out io.Writer, conn net.Conn, t Transferred) error {
	t.Local, t.Remote = addrPort(conn.LocalAddr()), addrPort(conn.RemoteAddr())
	return json.NewEncoder(out).Encode(t)
}

func addrPort(a net.Addr) netip.AddrPort {
	p := a.(*net.TCPAddr).AddrPort()
	return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
}
