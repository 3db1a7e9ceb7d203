package kubetest

import (
	"io"
	"net"
	"sync"
	"testing"
)

// proxy passes connections on until it is cut.
type proxy struct {
	listener net.Listener
	at       string
	target   string
	mu       sync.Mutex
	broken   bool
	open     map[net.Conn]bool
}

func newProxy(tb testing.TB, target string) *proxy {
	tb.Helper()
	p := &proxy{target: target, at: "127.0.0.1:0", open: map[net.Conn]bool{}}
	if err := p.listen(); err != nil {
		tb.Fatal(err)
	}
	p.at = p.listener.Addr().String()
	tb.Cleanup(p.cut)
	return p
}

func (p *proxy) address() string { return p.at }

func (p *proxy) listen() error {
	listener, err := net.Listen("tcp", p.at)
	if err != nil {
		return err
	}
	p.listener = listener
	go p.accept(listener)
	return nil
}

func (p *proxy) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go p.pass(client)
	}
}

func (p *proxy) pass(client net.Conn) {
	defer p.drop(client)
	if !p.keep(client) {
		return
	}
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer p.drop(server)
	if !p.keep(server) {
		return
	}
	go func() {
		_, _ = io.Copy(server, client)
		p.drop(server)
	}()
	_, _ = io.Copy(client, server)
}

func (p *proxy) keep(conn net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.broken {
		p.open[conn] = true
	}
	return !p.broken
}

func (p *proxy) drop(conn net.Conn) {
	p.mu.Lock()
	delete(p.open, conn)
	p.mu.Unlock()
	_ = conn.Close()
}

// cut breaks every connection and refuses new ones.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.broken {
		_ = p.listener.Close()
	}
	p.broken = true
	for conn := range p.open {
		_ = conn.Close()
	}
}

// mend takes connections again, at the same address.
func (p *proxy) mend() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.broken = false
	return p.listen()
}
