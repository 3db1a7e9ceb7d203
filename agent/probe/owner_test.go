package probe

import (
	"net"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
)

// A socket belongs to the cgroup of the process that made it, wherever that
// process or the socket goes afterwards.
func TestSocketStaysWithItsMaker(t *testing.T) {
	for _, c := range []struct {
		name string
		// open makes a connected socket to address and returns it.
		open func(b *bench, to unix.SockaddrInet4) int
	}{
		{"made in one cgroup, connected from another", func(b *bench, to unix.SockaddrInet4) (fd int) {
			b.asClient(func() { fd = socket(b) })
			b.as(b.serverGroup, func() { check(b.tb, unix.Connect(fd, &to)) })
			return fd
		}},
		{"its descriptor duplicated in another", func(b *bench, to unix.SockaddrInet4) (fd int) {
			b.asClient(func() {
				fd = socket(b)
				check(b.tb, unix.Connect(fd, &to))
			})
			b.as(b.serverGroup, func() {
				again, err := unix.Dup(fd)
				check(b.tb, err)
				check(b.tb, unix.Close(fd))
				fd = again
			})
			return fd
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			probe := b.open(Config{Mode: ModeSockets})
			listener := b.listen("tcp4", "0.0.0.0:0")
			to := unix.SockaddrInet4{Addr: serverV4.Addr().As4(), Port: listener.Addr().(*net.TCPAddr).Port}
			fd := c.open(b, to)
			defer unix.Close(fd)
			b.as(b.serverGroup, func() {
				_, err := unix.Write(fd, make([]byte, 777))
				check(t, err)
			})
			all := newLatest()
			b.await(probe, all, "777 bytes of the maker", func() bool {
				return all.of(clientUID, model.TCP, model.RoleClient).sent.PayloadBytes == 777
			})
			if got := all.of(serverUID, model.TCP, model.RoleClient); got.counters != 0 {
				t.Errorf("the user of the socket is charged: %+v", got)
			}
		})
	}
}

// An accepted socket belongs to the cgroup that listened, not to the one that accepted.
func TestAcceptedSocketBelongsToTheListener(t *testing.T) {
	b := newBench(t)
	probe := b.open(Config{Mode: ModeSockets})
	listener := b.listen("tcp4", "0.0.0.0:0")
	b.asClient(func() {
		near, err := net.Dial("tcp4", address(listener, families[0]))
		check(t, err)
		far, err := listener.Accept() // by a process that sits in the client's cgroup
		check(t, err)
		t.Cleanup(func() { _, _ = near.Close(), far.Close() })
	})
	all := newLatest()
	all.add(t, b.read(probe))
	if got := all.of(serverUID, model.TCP, model.RoleServer); got.counters != 1 {
		t.Errorf("sockets of the listener's pod: %+v, want one", got)
	}
}

func socket(b *bench) int {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	check(b.tb, err)
	return fd
}
