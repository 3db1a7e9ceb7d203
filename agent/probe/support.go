package probe

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/cilium/ebpf/btf"
	"golang.org/x/sys/unix"
)

// UnsupportedError says that this kernel lacks what a mode needs.
type UnsupportedError struct {
	// Feature is what is missing, and what it is needed for.
	Feature string
	Err     error
}

func (e *UnsupportedError) Error() string {
	if e.Err == nil {
		return "kernel without " + e.Feature
	}
	return "kernel without " + e.Feature + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *UnsupportedError) Unwrap() error { return e.Err }

// socketTypes are the kernel types whose presence shows that sockets mode can
// be loaded, each with what it is needed for.
var socketTypes = []struct{ name, feature string }{
	{"btf_trace_inet_sock_set_state", "the BTF tracepoint inet_sock_set_state"},
	{"btf_trace_cgroup_mkdir", "the BTF tracepoint cgroup_mkdir"},
	{"bpf_iter__bpf_sk_storage_map", "the iterator over sk_storage maps"},
	{"bpf_iter__task_file", "the iterator over open files"},
}

// socketsSupported returns an *UnsupportedError where the kernel cannot run
// sockets mode. Nothing is loaded to find out.
func socketsSupported() error {
	kernel, err := btf.LoadKernelSpec()
	if err != nil {
		return &UnsupportedError{Feature: "BTF (CONFIG_DEBUG_INFO_BTF)", Err: err}
	}
	for _, need := range socketTypes {
		if _, err := kernel.AnyTypesByName(need.name); err != nil {
			return &UnsupportedError{Feature: need.feature, Err: err}
		}
	}
	return nil
}

// capability is one of Linux's, with the feature that needs it.
type capability struct {
	bit  uint
	name string
	use  string
}

var neededCapabilities = []capability{
	{unix.CAP_BPF, "CAP_BPF", "to load programs"},
	{unix.CAP_PERFMON, "CAP_PERFMON", "to read kernel counters"},
	{unix.CAP_NET_ADMIN, "CAP_NET_ADMIN", "to count UDP and ICMP at the cgroup"},
}

// missingCapabilities returns an error that names each capability that the
// process lacks, or nil. CAP_SYS_ADMIN stands for the first two, as it does in
// the kernel.
func missingCapabilities(status string) error {
	effective, err := effectiveCapabilities(status)
	if err != nil {
		return err
	}
	const all = uint64(1) << unix.CAP_SYS_ADMIN
	var missing []string
	for _, need := range neededCapabilities {
		if effective&(1<<need.bit) != 0 || (effective&all != 0 && need.bit != unix.CAP_NET_ADMIN) {
			continue
		}
		missing = append(missing, need.name+" "+need.use)
	}
	if missing == nil {
		return nil
	}
	return fmt.Errorf("needs %s: run as root, or add the capabilities to the container or binary", strings.Join(missing, ", "))
}

// effectiveCapabilities reads the CapEff line of a /proc/PID/status file.
func effectiveCapabilities(status string) (uint64, error) {
	file, err := os.Open(status)
	if err != nil {
		return 0, fmt.Errorf("own capabilities: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if digits, ok := strings.CutPrefix(lines.Text(), "CapEff:"); ok {
			return strconv.ParseUint(strings.TrimSpace(digits), 16, 64)
		}
	}
	return 0, errors.Join(lines.Err(), fmt.Errorf("own capabilities: no CapEff line in %s", status))
}
