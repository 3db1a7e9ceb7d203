package conntrack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"syscall"

	"github.com/mdlayher/netlink"
)

// DefaultLimit is how many translations are held: about 60 MiB when full.
const DefaultLimit = 262_144

// eventBufferBytes holds some 20,000 events between two wake-ups.
const eventBufferBytes = 8 << 20

// Tracker holds the translations of one network namespace.
type Tracker struct {
	table  *table
	dumps  *netlink.Conn
	events *netlink.Conn
	done   chan struct{}

	overruns  atomic.Uint64
	malformed atomic.Uint64
}

// Stats counts what a Tracker could not take in since it was opened.
type Stats struct {
	// Overruns is how often the kernel dropped events because they were not read in
	// time. The next Refresh finds the connections that still exist.
	Overruns uint64
	// Refused are translations beyond the limit.
	Refused uint64
	// Malformed are messages that could not be read.
	Malformed uint64
}

// Open watches the network namespace at a path such as /proc/1/ns/net; "" is
// the caller's own. limit bounds the translations held, 0 means DefaultLimit.
// It needs CAP_NET_ADMIN, and for another namespace CAP_SYS_ADMIN.
func Open(namespace string, limit int) (*Tracker, error) {
	if limit == 0 {
		limit = DefaultLimit
	}
	var config netlink.Config
	if namespace != "" {
		file, err := os.Open(namespace)
		if err != nil {
			return nil, fmt.Errorf("conntrack: network namespace: %w", err)
		}
		defer file.Close()
		config.NetNS = int(file.Fd())
	}
	t := &Tracker{table: newTable(limit), done: make(chan struct{})}
	if err := t.dial(&config); err != nil {
		return nil, fmt.Errorf("conntrack of namespace %q: %w (needs CAP_NET_ADMIN and the kernel module nf_conntrack_netlink)",
			namespace, errors.Join(err, t.closeConns()))
	}
	go t.watch()
	return t, nil
}

func (t *Tracker) dial(config *netlink.Config) (err error) {
	if t.dumps, err = netlink.Dial(netfilterFamily, config); err != nil {
		return err
	}
	if t.events, err = netlink.Dial(netfilterFamily, config); err != nil {
		return err
	}
	// Forcing needs CAP_NET_ADMIN; without it the kernel's usual size has to do.
	_ = t.events.SetReadBuffer(eventBufferBytes)
	return t.events.JoinGroup(groupNew)
}

// watch takes in new connections as they are made. An overrun is counted, not
// fatal: events go on.
func (t *Tracker) watch() {
	defer close(t.done)
	for {
		messages, err := t.events.Receive()
		if errors.Is(err, syscall.ENOBUFS) {
			t.overruns.Add(1)
			continue
		}
		if err != nil {
			return // closed
		}
		for _, message := range messages {
			if message.Header.Type == subsystem|messageNew {
				t.take(message.Data)
			}
		}
	}
}

func (t *Tracker) take(message []byte) {
	switch original, reply, err := parse(message); {
	case errors.Is(err, errNoPorts):
	case err != nil:
		t.malformed.Add(1)
	default:
		t.table.add(original, reply)
	}
}

// Refresh dumps the namespace's translated connections, and forgets those that
// are long gone. Call it once a window, before looking up.
func (t *Tracker) Refresh(ctx context.Context) error {
	deadline, _ := ctx.Deadline() // the zero time sets none
	if err := t.dumps.SetReadDeadline(deadline); err != nil {
		return fmt.Errorf("conntrack dump: %w", err)
	}
	t.table.advance()
	for _, status := range []uint32{statusDestinationNAT, statusSourceNAT} {
		if err := t.dump(status); err != nil {
			return fmt.Errorf("conntrack dump: %w", err)
		}
	}
	t.table.expire()
	return nil
}

func (t *Tracker) dump(status uint32) error {
	connections, err := t.connections(status)
	if err != nil {
		return err
	}
	for _, connection := range connections {
		t.take(connection.Data)
	}
	return nil
}

func (t *Tracker) connections(status uint32) ([]netlink.Message, error) {
	request, err := dumpRequest(status)
	if err != nil {
		return nil, err
	}
	return t.dumps.Execute(request)
}

// OfClient looks a connection up as the client's socket knows it.
func (t *Tracker) OfClient(flow Flow) (Translation, bool) {
	return t.table.ofClient(flow)
}

// OfServer looks a connection up as the backend's socket knows it: flow.Client
// is the peer that it sees, flow.Dialled its own address.
func (t *Tracker) OfServer(flow Flow) (Translation, bool) {
	return t.table.ofServer(flow)
}

// Stats returns the counters.
func (t *Tracker) Stats() Stats {
	t.table.mu.Lock()
	defer t.table.mu.Unlock()
	return Stats{Overruns: t.overruns.Load(), Refused: t.table.refused, Malformed: t.malformed.Load()}
}

// Close stops watching.
func (t *Tracker) Close() error {
	err := t.closeConns()
	<-t.done
	return err
}

func (t *Tracker) closeConns() error {
	var errs []error
	for _, conn := range []*netlink.Conn{t.events, t.dumps} {
		if conn != nil {
			errs = append(errs, conn.Close())
		}
	}
	return errors.Join(errs...)
}
