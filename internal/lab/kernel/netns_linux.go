package kernel

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

// NetnsDir is where iproute2 keeps named network namespaces: `ip netns` shows
// those made here.
const NetnsDir = "/run/netns"

// Netns is a named network namespace. Its methods may be used by several
// goroutines at once.
type Netns struct {
	Name, Path string

	file  *os.File
	links *netlink.Handle
}

// CreateNetns makes a network namespace, names it under NetnsDir, and brings
// its loopback up. IPv6 and redirects are switched off in it, so that it is
// silent until somebody speaks.
func CreateNetns(name string) (*Netns, error) {
	path := filepath.Join(NetnsDir, name)
	if err := os.MkdirAll(NetnsDir, 0o755); err != nil {
		return nil, fmt.Errorf("network namespace %s: %w", name, err)
	}
	mountPoint, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o444)
	if err != nil {
		return nil, fmt.Errorf("network namespace %s: name it: %w", name, err)
	}
	mountPoint.Close()

	err = onOwnThread(func() error {
		if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
			return fmt.Errorf("unshare: %w", err)
		}
		if err := unix.Mount("/proc/thread-self/ns/net", path, "", unix.MS_BIND, ""); err != nil {
			return fmt.Errorf("bind to %s: %w", path, err)
		}
		return quieten()
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("network namespace %s: %w", name, err), RemoveNetns(name))
	}
	n, err := openNetns(name, path)
	if err != nil {
		return nil, errors.Join(err, RemoveNetns(name))
	}
	if err := n.Up("lo"); err != nil {
		return nil, errors.Join(err, n.Close(), RemoveNetns(name))
	}
	return n, nil
}

func openNetns(name, path string) (*Netns, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("network namespace %s: %w", name, err)
	}
	links, err := netlink.NewHandleAt(netns.NsHandle(file.Fd()), unix.NETLINK_ROUTE)
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("network namespace %s: netlink: %w", name, err)
	}
	return &Netns{Name: name, Path: path, file: file, links: links}, nil
}

// Run calls fn on a thread that lives in the namespace.
func (n *Netns) Run(fn func() error) error {
	return onOwnThread(func() error {
		if err := unix.Setns(int(n.file.Fd()), unix.CLONE_NEWNET); err != nil {
			return fmt.Errorf("enter network namespace %s: %w", n.Name, err)
		}
		return fn()
	})
}

// Close releases the handles. The namespace itself stays until RemoveNetns.
func (n *Netns) Close() error {
	n.links.Close()
	return n.file.Close()
}

// RemoveNetns removes the name. The kernel frees the namespace with its links
// and rules once no process is left in it. Removing what is not there is no
// error.
func RemoveNetns(name string) error {
	path := filepath.Join(NetnsDir, name)
	err := unix.Unmount(path, unix.MNT_DETACH)
	if err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOENT) {
		return fmt.Errorf("network namespace %s: unmount %s: %w", name, path, err)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("network namespace %s: %w", name, err)
	}
	return nil
}

// ListNetns returns the names under NetnsDir that begin with prefix, sorted.
func ListNetns(prefix string) ([]string, error) {
	entries, err := os.ReadDir(NetnsDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list network namespaces: %w", err)
	}
	var names []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), prefix) {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// onOwnThread calls fn on a thread of its own, which ends with it: whatever fn
// does to the thread's namespaces cannot leak into other goroutines.
func onOwnThread(fn func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread dies with the goroutine
		done <- fn()
	}()
	return <-done
}

// quieten sets the current thread's namespace up: no IPv6 chatter, no reverse
// path filter (answers take other ways than questions), no ICMP redirects, and
// no netfilter on bridged frames (which would translate them twice).
func quieten() error {
	settings := []struct {
		key, value string
		optional   bool
	}{
		{"net/ipv6/conf/all/disable_ipv6", "1", true},
		{"net/ipv6/conf/default/disable_ipv6", "1", true},
		{"net/bridge/bridge-nf-call-iptables", "0", true},
		{"net/ipv4/conf/all/rp_filter", "0", false},
		{"net/ipv4/conf/default/rp_filter", "0", false},
		{"net/ipv4/conf/all/send_redirects", "0", false},
		{"net/ipv4/conf/default/send_redirects", "0", false},
		{"net/ipv4/conf/all/accept_redirects", "0", false},
		{"net/ipv4/conf/default/accept_redirects", "0", false},
	}
	for _, s := range settings {
		err := os.WriteFile("/proc/sys/"+s.key, []byte(s.value), 0)
		if err != nil && !s.optional {
			return fmt.Errorf("set %s to %s: %w", s.key, s.value, err)
		}
	}
	return nil
}
