package app

import (
	"net"
	"sync/atomic"
	"time"
)

// timelyListener bounds how long a write waits for a client that does not read.
// Answers have a deadline of their own (see timelyAnswer); event streams and
// WebSockets have none, since they go on, and one that is not read would hold its
// connection, and what writes to it, for ever.
type timelyListener struct {
	net.Listener
	within time.Duration
}

// Accept gives the connection its bound.
func (l timelyListener) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &timelyConn{Conn: connection, within: l.within}, nil
}

// timelyConn gives each write a deadline where none was set.
type timelyConn struct {
	net.Conn
	within time.Duration
	// bounded is whether somebody set a deadline that holds.
	bounded atomic.Bool
}

// SetDeadline sets both deadlines, the zero time for none.
func (c *timelyConn) SetDeadline(t time.Time) error {
	c.bounded.Store(!t.IsZero())
	return c.Conn.SetDeadline(t)
}

// SetWriteDeadline sets the deadline of writes, the zero time for none.
func (c *timelyConn) SetWriteDeadline(t time.Time) error {
	c.bounded.Store(!t.IsZero())
	return c.Conn.SetWriteDeadline(t)
}

// Write fails where the client takes nothing within the bound.
func (c *timelyConn) Write(b []byte) (int, error) {
	if !c.bounded.Load() {
		if err := c.Conn.SetWriteDeadline(time.Now().Add(c.within)); err != nil {
			return 0, err
		}
	}
	return c.Conn.Write(b)
}
