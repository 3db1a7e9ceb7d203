package probe

import (
	"net"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// getsockopt asks for an option into a buffer, and returns the answer's length.
func getsockopt(fd uintptr, option int, into []byte) (int, error) {
	length := uint32(len(into))
	_, _, failed := syscall.Syscall6(syscall.SYS_GETSOCKOPT, fd, unix.IPPROTO_TCP, uintptr(option),
		uintptr(unsafe.Pointer(&into[0])), uintptr(unsafe.Pointer(&length)), 0)
	if failed != 0 {
		return 0, failed
	}
	return int(length), nil
}

// onSocket runs with a connected socket of the client's cgroup.
func (b *bench) onSocket(work func(fd uintptr)) {
	listener := b.listen("tcp4", "0.0.0.0:0")
	b.asClient(func() {
		near, err := net.Dial("tcp4", address(listener, families[0]))
		check(b.tb, err)
		defer near.Close()
		raw, err := near.(*net.TCPConn).SyscallConn()
		check(b.tb, err)
		check(b.tb, raw.Control(work))
	})
}

// The program behind getsockopt changes no answer, be the buffer larger than the
// page that the kernel shows it.
func TestGetsockoptAnswersAsBefore(t *testing.T) {
	b := newBench(t)
	ask := func() (answer []byte) {
		b.onSocket(func(fd uintptr) {
			answer = make([]byte, 64<<10)
			n, err := getsockopt(fd, unix.TCP_CONGESTION, answer)
			check(t, err)
			answer = answer[:n]
		})
		return answer
	}
	want := ask()
	b.open(Config{Mode: ModeSockets})
	if got := ask(); len(want) == 0 || string(got) != string(want) {
		t.Errorf("TCP_CONGESTION is %q, and %q without the program", got, want)
	}
}

// BenchmarkGetsockopt is a call of the cheapest option, without and with the program.
func BenchmarkGetsockopt(tb *testing.B) {
	call := func(tb *testing.B, b *bench) {
		b.onSocket(func(fd uintptr) {
			into := make([]byte, 4)
			for tb.Loop() {
				_, err := getsockopt(fd, unix.TCP_NODELAY, into)
				check(tb, err)
			}
		})
	}
	tb.Run("alone", func(tb *testing.B) { call(tb, newBench(tb)) })
	tb.Run("counted", func(tb *testing.B) {
		b := newBench(tb)
		b.open(Config{Mode: ModeSockets})
		call(tb, b)
	})
}
