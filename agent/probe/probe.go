// Package probe reads how many bytes every socket of this node sent and
// received, and who owns the socket, from the kernel. It is the only package
// that sees a kernel struct: what leaves it is a Reading of Counters.
//
// In sockets mode TCP costs nothing per packet: the kernel counts each
// connection anyway, and the probe reads those counters every window and once
// more at close. Everything that is not TCP is counted per packet at the
// cgroup's IP hooks, and so is TCP in packets mode, which older kernels need.
//
// Counts equal a capture on the wire to the byte, with these exceptions:
//
//   - Under loss a socket does not know the duplicates that it received, nor the
//     selective acknowledgements that it sent. The sender's count is exact.
//   - Resets for ports that nobody listens on, and retransmissions by time-wait
//     sockets, belong to no socket. MPTCP's options are not in header bytes.
//   - In packets mode payload includes TCP's retransmissions, and a FIN that comes
//     for a time-wait socket is missing with its acknowledgement. What a sidecar's
//     rules redirect is counted as the application dialled it, beside the proxy's own.
//   - A UDP datagram longer than the MTU is counted as one packet: 20 bytes of IP
//     header are missing for each further fragment.
//   - Pings that the kernel itself answers are not counted as received. A raw
//     socket counts every packet that it gets a copy of.
package probe

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/rlimit"
	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
)

// Mode chooses how TCP is counted.
type Mode string

// Modes.
const (
	// ModeAuto takes sockets where the kernel can, else packets.
	ModeAuto    Mode = "auto"
	ModeSockets Mode = "sockets"
	ModePackets Mode = "packets"
)

// DefaultMapEntries is how many sockets and how many flows of packets are
// tracked at once: about 10 MiB for the sockets' readings.
const DefaultMapEntries = 65536

// Config says what to count, and how.
type Config struct {
	// CgroupRoot limits the probe to the sockets of one cgroup v2 subtree, given as
	// a folder or as a path from the hierarchy's root. "" means every socket.
	CgroupRoot string
	// MapEntries bounds the sockets, and the packet flows of one window, that are
	// tracked at once; what is beyond is counted as a Loss. 0 means DefaultMapEntries.
	MapEntries int
	// Mode is ModeAuto where "".
	Mode Mode
}

// Probe counts. Its methods are for one goroutine.
type Probe struct {
	mode    model.CaptureMode
	why     string
	owners  *owners
	sockets *sockets // nil in packets mode
	packets *packets
	last    tallies
}

// Open loads the programs and attaches them. Sockets that are open already are
// adopted, as far as the probe's PID namespace shows the processes that hold them:
// their bytes count from now on. The error names the kernel feature or the
// capability that is missing.
func Open(config Config) (*Probe, error) {
	if config.MapEntries == 0 {
		config.MapEntries = DefaultMapEntries
	}
	if config.MapEntries < 0 {
		return nil, fmt.Errorf("probe: %d map entries: want at least 1", config.MapEntries)
	}
	if err := missingCapabilities("/proc/self/status"); err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	root, err := findCgroupRoot("/proc/self/mounts", config.CgroupRoot)
	if err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	p := &Probe{owners: newOwners(root.mount)}
	if p.mode, p.why, err = chooseMode(config.Mode, socketsSupported()); err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	// Kernels before 5.11 charge maps to this limit. Where it may not be raised,
	// loading fails by itself and says so.
	_ = rlimit.RemoveMemlock()
	if err := p.open(root, config.MapEntries); err != nil {
		return nil, fmt.Errorf("probe in %s mode: %w", p.mode, errors.Join(err, p.Close()))
	}
	return p, nil
}

// chooseMode returns the capture mode, and why it is not sockets where it is not.
func chooseMode(wanted Mode, unsupported error) (mode model.CaptureMode, why string, err error) {
	switch wanted {
	case ModePackets:
		return model.CapturePackets, "packets mode was asked for", nil
	case ModeSockets:
		return model.CaptureSockets, "", unsupported
	case ModeAuto, "":
		if unsupported == nil {
			return model.CaptureSockets, "", nil
		}
		return model.CapturePackets, unsupported.Error(), nil
	default:
		return "", "", fmt.Errorf("mode %q: want auto, sockets or packets", wanted)
	}
}

func (p *Probe) open(root cgroupRoot, entries int) (err error) {
	if p.mode == model.CaptureSockets {
		if p.sockets, err = openSockets(root, entries); err != nil {
			return err
		}
	}
	p.packets, err = openPackets(root, entries, p.sockets == nil)
	return err
}

// Mode is how TCP is counted.
func (p *Probe) Mode() model.CaptureMode { return p.mode }

// ModeReason says why the mode is not sockets, "" where it is.
func (p *Probe) ModeReason() string { return p.why }

// Read returns the state of all counters, and the losses since the Read before.
// After an error nothing is lost: the next Read has it.
func (p *Probe) Read(ctx context.Context) (Reading, error) {
	p.owners.refresh()
	var reading Reading
	if p.sockets != nil {
		counters, err := p.sockets.read(ctx, p.owners)
		if err != nil {
			return Reading{}, fmt.Errorf("probe: %w", err)
		}
		reading.Counters = counters
		if reading.Intercepting, err = p.sockets.intercepting(); err != nil {
			return Reading{}, fmt.Errorf("probe: %w", err)
		}
	}
	at, err := sinceBoot()
	if err != nil {
		return Reading{}, fmt.Errorf("probe: %w", err)
	}
	counters, err := p.packets.read(at, p.owners)
	if err != nil {
		return Reading{}, fmt.Errorf("probe: %w", err)
	}
	reading.Counters = append(reading.Counters, counters...)
	if reading.Losses, reading.Skipped, err = p.readTallies(); err != nil {
		return Reading{}, fmt.Errorf("probe: %w", err)
	}
	if reading.At, err = sinceBoot(); err != nil {
		return Reading{}, fmt.Errorf("probe: %w", err)
	}
	if p.sockets != nil {
		p.sockets.delivered()
	}
	return reading, nil
}

func (p *Probe) readTallies() ([]Loss, Skipped, error) {
	maps := []*ebpf.Map{p.packets.tallies()}
	if p.sockets != nil {
		maps = append(maps, p.sockets.tallies())
	}
	now, err := readTallies(maps...)
	if err != nil {
		return nil, Skipped{}, err
	}
	fresh := now.since(p.last)
	p.last = now
	return fresh.losses(), fresh.skipped(), nil
}

// sinceBoot reads CLOCK_BOOTTIME, which neither jumps nor stops in suspend.
func sinceBoot() (time.Duration, error) {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &now); err != nil {
		return 0, os.NewSyscallError("clock_gettime", err)
	}
	return time.Duration(now.Nano()), nil
}

// Close detaches and unloads everything. What was not read is gone.
func (p *Probe) Close() error {
	var errs []error
	if p.sockets != nil {
		errs = append(errs, p.sockets.close())
	}
	if p.packets != nil {
		errs = append(errs, p.packets.close())
	}
	return errors.Join(errs...)
}
