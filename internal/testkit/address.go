package testkit

import (
	"fmt"
	"net/netip"
	"os"
	"syscall"
)

// HoldAddress reserves a loopback TCP address: until release is called, the kernel
// gives its port to nobody who asks for any port, and whoever asks for this very
// one may listen there, again and again. While nobody listens, connections are
// refused. It fails where the process has no descriptor left.
//
// A port that was found free and let go is anybody's: on a busy machine another
// test's connection takes it now and then.
func HoldAddress() (address string, release func(), err error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return "", nil, fmt.Errorf("reserving a loopback address: %w", os.NewSyscallError("socket", err))
	}
	syscall.CloseOnExec(fd)
	release = func() { _ = syscall.Close(fd) }
	address, err = bindLoopback(fd)
	if err != nil {
		release()
		return "", nil, fmt.Errorf("reserving a loopback address: %w", err)
	}
	return address, release, nil
}

// bindLoopback binds without listening. A second socket may bind the same port
// since both allow it (SO_REUSEADDR) and this one never listens; Go sets the
// option on every listener.
func bindLoopback(fd int) (string, error) {
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return "", os.NewSyscallError("setsockopt", err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return "", os.NewSyscallError("bind", err)
	}
	bound, err := syscall.Getsockname(fd)
	if err != nil {
		return "", os.NewSyscallError("getsockname", err)
	}
	inet, ok := bound.(*syscall.SockaddrInet4)
	if !ok {
		return "", fmt.Errorf("the socket is bound to a %T", bound)
	}
	return netip.AddrPortFrom(netip.AddrFrom4(inet.Addr), uint16(inet.Port)).String(), nil
}
