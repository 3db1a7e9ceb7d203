package workload

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Ports and source address of a sidecar, which are Istio's, and the mark by which
// rules tell its own connections from the application's (Istio tells them by user).
const (
	SidecarOutboundPort = 15001
	SidecarInboundPort  = 15006
	SidecarMark         = 1337
)

// sidecarSource is where a sidecar dials its application from.
var sidecarSource = netip.MustParseAddr("127.0.0.6")

// soOriginalDst is SO_ORIGINAL_DST of linux/netfilter_ipv4.h.
const soOriginalDst = 80

// sidecar stands in for the proxy of a service mesh until standard input is
// closed: what REDIRECT rules send to its ports goes on to where it was dialled.
func sidecar(in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	outbound := net.Dialer{Control: markSocket}
	inbound := net.Dialer{Control: markSocket, LocalAddr: net.TCPAddrFromAddrPort(netip.AddrPortFrom(sidecarSource, 0))}
	for port, dialer := range map[uint16]*net.Dialer{SidecarOutboundPort: &outbound, SidecarInboundPort: &inbound} {
		listener, err := net.Listen("tcp4", fmt.Sprintf(":%d", port))
		if err != nil {
			return fmt.Errorf("sidecar: %w", err)
		}
		defer listener.Close()
		go pass(ctx, listener, dialer)
	}
	if err := json.NewEncoder(out).Encode(SinkOpened{Port: SidecarInboundPort}); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, in)
	return err
}

// pass sends each connection on, until the listener is closed.
func pass(ctx context.Context, listener net.Listener, dialer *net.Dialer) {
	for {
		near, err := listener.Accept()
		if err != nil {
			return
		}
		go func() { _ = splice(ctx, near.(*net.TCPConn), dialer) }()
	}
}

// splice passes bytes both ways until both ends have sent their last.
func splice(ctx context.Context, near *net.TCPConn, dialer *net.Dialer) error {
	defer near.Close()
	dialled, err := originalDestination(near)
	if err != nil {
		return err
	}
	conn, err := dialer.DialContext(ctx, "tcp4", dialled.String())
	if err != nil {
		return err
	}
	far := conn.(*net.TCPConn)
	defer far.Close()
	var back sync.WaitGroup
	back.Go(func() {
		_, _ = io.Copy(near, far)
		_ = near.CloseWrite()
	})
	_, err = io.Copy(far, near)
	err = errors.Join(err, far.CloseWrite())
	back.Wait()
	return err
}

// originalDestination is what the peer dialled before it was redirected.
func originalDestination(conn *net.TCPConn) (dialled netip.AddrPort, err error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return dialled, err
	}
	control := raw.Control(func(fd uintptr) {
		var addr unix.RawSockaddrInet4
		length := uint32(unsafe.Sizeof(addr))
		_, _, failed := syscall.Syscall6(syscall.SYS_GETSOCKOPT, fd, unix.SOL_IP, soOriginalDst,
			uintptr(unsafe.Pointer(&addr)), uintptr(unsafe.Pointer(&length)), 0)
		if failed != 0 {
			err = fmt.Errorf("SO_ORIGINAL_DST: %w", failed)
			return
		}
		port := binary.BigEndian.Uint16((*[2]byte)(unsafe.Pointer(&addr.Port))[:])
		dialled = netip.AddrPortFrom(netip.AddrFrom4(addr.Addr), port)
	})
	return dialled, errors.Join(err, control)
}

func markSocket(_, _ string, conn syscall.RawConn) (err error) {
	control := conn.Control(func(fd uintptr) {
		err = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_MARK, SidecarMark)
	})
	return errors.Join(err, control)
}
