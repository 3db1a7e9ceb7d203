package kernel_test

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/egressor/egressor/internal/lab/kernel"
	"github.com/egressor/egressor/internal/testkit"
)

// TestReplacingServicesKeepsConnections: an open connection through a service goes on,
// and new ones are made, while the translations are replaced a hundred times: what was
// translated once stays so, and no packet sees half of the rules.
func TestReplacingServicesKeepsConnections(t *testing.T) {
	testkit.Require(t, "lab", kernel.ProbeNAT())
	client, server := pair(t)
	backend, virtual := netip.MustParseAddrPort("10.231.7.2:8080"), netip.MustParseAddrPort("10.231.99.1:80")
	services := []kernel.Service{{Addr: virtual.Addr(), Port: virtual.Port(), Protocol: 6, Backends: []netip.AddrPort{backend}}}
	if err := client.SetServices(services); err != nil {
		t.Fatal(err)
	}
	echo(t, server, backend)
	open, err := dial(client, virtual)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	const rounds, patience = 100, 20 * time.Second
	stop := make(chan struct{})
	var talks errgroup.Group
	talks.Go(func() error { return talk(stop, patience, func() (net.Conn, error) { return open, nil }) })
	talks.Go(func() error { return talk(stop, patience, func() (net.Conn, error) { return dial(client, virtual) }) })
	for range rounds {
		if err := client.SetServices(services); err != nil {
			t.Error(err)
			break
		}
	}
	close(stop)
	if err := talks.Wait(); err != nil {
		t.Errorf("a connection through a service did not go on: %v", err)
	}
}

func dial(ns *kernel.Netns, to netip.AddrPort) (conn net.Conn, err error) {
	const patience = 20 * time.Second
	err = ns.Run(func() (err error) {
		conn, err = net.DialTimeout("tcp4", to.String(), patience)
		return err
	})
	return conn, err
}

// talk sends a byte and waits for it to come back, again and again until it is
// stopped. It fails where one takes longer than patience.
func talk(stop <-chan struct{}, patience time.Duration, connection func() (net.Conn, error)) error {
	var last net.Conn
	for n := byte(0); ; n++ {
		select {
		case <-stop:
			return nil
		default:
		}
		conn, err := connection()
		if err != nil {
			return err
		}
		if err := echoed(conn, n, patience); err != nil {
			return err
		}
		if last != nil && last != conn {
			_ = last.Close()
		}
		last = conn
	}
}

func echoed(conn net.Conn, sent byte, patience time.Duration) error {
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := conn.Write([]byte{sent}); err != nil {
		return err
	}
	answer := make([]byte, 1)
	_, err := io.ReadFull(conn, answer)
	return err
}

// pair are two namespaces with a link between them.
func pair(t *testing.T) (client, server *kernel.Netns) {
	t.Helper()
	made := make([]*kernel.Netns, 2)
	for n, name := range []string{fmt.Sprintf("egnat-%d-c", os.Getpid()), fmt.Sprintf("egnat-%d-s", os.Getpid())} {
		_ = kernel.RemoveNetns(name)
		ns, err := kernel.CreateNetns(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = ns.Close()
			_ = kernel.RemoveNetns(name)
		})
		made[n] = ns
	}
	client, server = made[0], made[1]
	for _, err := range []error{
		client.AddVeth("eth0", server, "eth0"),
		client.AddAddr("eth0", netip.MustParsePrefix("10.231.7.1/24")), server.AddAddr("eth0", netip.MustParsePrefix("10.231.7.2/24")),
		client.Up("eth0"), server.Up("eth0"), client.Up("lo"), server.Up("lo"),
		client.AddRoute(kernel.Route{Destination: netip.MustParsePrefix("10.231.99.0/24"), Via: netip.MustParseAddr("10.231.7.2"), Link: "eth0"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return client, server
}

func echo(t *testing.T, ns *kernel.Netns, at netip.AddrPort) {
	t.Helper()
	var listener net.Listener
	err := ns.Run(func() (err error) {
		listener, err = net.Listen("tcp4", at.String())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = io.Copy(conn, conn)
			}()
		}
	}()
}
