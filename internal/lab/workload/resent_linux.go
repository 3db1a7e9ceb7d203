package workload

import (
	"net"

	"golang.org/x/sys/unix"
)

// resentBytes is how many payload bytes the kernel has sent again on the
// connection, by TCP_INFO.
func resentBytes(conn *net.TCPConn) (int64, error) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, err
	}
	var info *unix.TCPInfo
	var failed error
	err = raw.Control(func(fd uintptr) {
		info, failed = unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO)
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return 0, err
	}
	return int64(info.Bytes_retrans), nil
}
