package workload

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"
)

// maxBytes bounds what a server answers with, whatever it is asked for.
const maxBytes = 1 << 30

// listen binds, returns the address, and serves in the background until ctx
// ends. Port 0 is any free one.
func listen(ctx context.Context, log *slog.Logger, name string, l Listener) (net.Addr, error) {
	address := ":" + strconv.Itoa(int(l.Port))
	if l.Protocol == UDP {
		conn, err := net.ListenPacket("udp4", address)
		if err != nil {
			return nil, err
		}
		go serveUDP(ctx, log, conn)
		return conn.LocalAddr(), nil
	}
	listener, err := net.Listen("tcp4", address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { listener.Close() })
	switch l.Protocol {
	case HTTP:
		go serveHTTP(log, name, listener)
	case RPC:
		go serveTCP(log, listener, answerRPC)
	case Bulk:
		go serveTCP(log, listener, discard)
	default:
		return nil, errors.Join(fmt.Errorf("unknown protocol %q", l.Protocol), listener.Close())
	}
	return listener.Addr(), nil
}

// Who is the answer of /who: which process answers, and from which address it
// was asked.
type Who struct{ Name, Asker string }

func serveHTTP(log *slog.Logger, name string, listener net.Listener) {
	mux := http.NewServeMux()
	mux.HandleFunc("/who", func(w http.ResponseWriter, r *http.Request) {
		asker, _, _ := net.SplitHostPort(r.RemoteAddr)
		_ = json.NewEncoder(w).Encode(Who{Name: name, Asker: asker}) // an error means that the client is gone
	})
	mux.HandleFunc("/bytes", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.ParseInt(r.URL.Query().Get("n"), 10, 64)
		if err != nil || n < 0 || n > maxBytes {
			http.Error(w, "want ?n=BYTES", http.StatusBadRequest)
			return
		}
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return // the client is gone
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
		_ = writeZeros(w, n) // an error means that the client is gone
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: callTimeout}
	if err := server.Serve(listener); !errors.Is(err, net.ErrClosed) {
		log.Error("http server ended", "error", err)
	}
}

func serveTCP(log *slog.Logger, listener net.Listener, answer func(net.Conn) error) {
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			log.Error("accept failed", "error", err)
			return
		}
		go func() {
			defer conn.Close()
			if err := answer(conn); err != nil {
				log.Debug("connection ended", "error", err)
			}
		}()
	}
}

func discard(conn net.Conn) error {
	_, err := io.Copy(io.Discard, conn)
	return err
}

// answerRPC answers questions until the connection is closed. A question is
// its own length and the wished length of the answer, 8 bytes big-endian each,
// then the question; the answer has no header.
func answerRPC(conn net.Conn) error {
	var header [16]byte
	for {
		if _, err := io.ReadFull(conn, header[:]); err != nil {
			return err
		}
		request, response := binary.BigEndian.Uint64(header[:8]), binary.BigEndian.Uint64(header[8:])
		if request > maxBytes || response > maxBytes {
			return fmt.Errorf("question of %d bytes for %d bytes is over the limit", request, response)
		}
		if _, err := io.CopyN(io.Discard, conn, int64(request)); err != nil {
			return err
		}
		if err := writeZeros(conn, int64(response)); err != nil {
			return err
		}
	}
}

// serveUDP answers each datagram with one as long as its first two bytes say.
func serveUDP(ctx context.Context, log *slog.Logger, conn net.PacketConn) {
	context.AfterFunc(ctx, func() { conn.Close() })
	question := make([]byte, 65536)
	answer := make([]byte, 65536)
	for {
		n, from, err := conn.ReadFrom(question)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil || n < 2 {
			continue
		}
		if _, err := conn.WriteTo(answer[:binary.BigEndian.Uint16(question)], from); err != nil {
			log.Debug("answer not sent", "error", err)
		}
	}
}

var zeros [64 << 10]byte

func writeZeros(w io.Writer, n int64) error {
	for n > 0 {
		piece := zeros[:min(n, int64(len(zeros)))]
		if _, err := w.Write(piece); err != nil {
			return err
		}
		n -= int64(len(piece))
	}
	return nil
}

// deadline is when a call that starts now is given up.
func deadline() time.Time { return time.Now().Add(callTimeout) }
