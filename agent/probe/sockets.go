package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"time"
	"unsafe"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/bpf"
	"github.com/egressor/egressor/internal/model"
)

const readingBytes = int(unsafe.Sizeof(bpf.SocketsTcpReading{}))

// racingNotes is by how many processors that open a socket at the same moment
// can pass the limit on notes: the walk has room for them.
const racingNotes = 1024

// sockets reads the kernel's own counters of every TCP socket.
type sockets struct {
	objects bpf.SocketsObjects
	links   []link.Link
	walk    *link.Iter
	// walked is the memory that a walk writes its readings to.
	walked *ebpf.Memory
	finals *finals
	// undelivered are final readings that were taken but not yet handed over.
	undelivered []bpf.SocketsTcpReading
}

// openSockets loads and attaches the programs, then adopts the sockets that are
// open already. entries bounds the sockets tracked at once.
func openSockets(root cgroupRoot, entries int) (*sockets, error) {
	s := &sockets{}
	if err := s.open(root, entries); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *sockets) open(root cgroupRoot, entries int) error {
	if err := s.load(root, entries); err != nil {
		return err
	}
	memory, err := s.objects.Readings.Memory()
	if err != nil {
		return fmt.Errorf("map the walk's output: %w", err)
	}
	s.walked = memory
	if s.finals, err = openFinals(s.objects.Finals, 4*entries); err != nil {
		return err
	}
	if err := s.attach(root); err != nil {
		return err
	}
	return s.adopt()
}

func (s *sockets) load(root cgroupRoot, entries int) error {
	spec, err := bpf.LoadSockets()
	if err != nil {
		return fmt.Errorf("sockets program: %w", err)
	}
	ringBytes := ringSize(entries)
	spec.Maps["readings"].MaxEntries = uint32(entries + racingNotes)
	spec.Maps["finals"].MaxEntries = uint32(ringBytes)
	constants := map[string]uint64{
		"ring_bytes":  uint64(ringBytes),
		"max_notes":   uint64(entries),
		"root_cgroup": root.id,
	}
	for name, value := range constants {
		if err := spec.Variables[name].Set(value); err != nil {
			return fmt.Errorf("sockets program: constant %s: %w", name, err)
		}
	}
	if err := spec.LoadAndAssign(&s.objects, nil); err != nil {
		return fmt.Errorf("load sockets programs: %w", err)
	}
	return nil
}

// ringSize is the smallest power of two, in bytes and at least a page, with room
// for a quarter of the tracked sockets: the ring is drained when half full.
func ringSize(entries int) int {
	size := 4096
	for size < entries/4*(readingBytes+8) {
		size *= 2
	}
	return size
}

func (s *sockets) attach(root cgroupRoot) error {
	for name, program := range map[string]*ebpf.Program{
		"inet_sock_set_state": s.objects.OnState,
		"cgroup_mkdir":        s.objects.OnCgroupMkdir,
	} {
		attached, err := link.AttachTracing(link.TracingOptions{Program: program})
		if err != nil {
			return fmt.Errorf("attach to tracepoint %s: %w", name, err)
		}
		s.links = append(s.links, attached)
	}
	asked, err := link.AttachCgroup(link.CgroupOptions{Path: root.dir, Attach: ebpf.AttachCGroupGetsockopt, Program: s.objects.OnGetsockopt})
	if err != nil {
		return fmt.Errorf("attach to getsockopt of cgroup %s: %w", root.dir, err)
	}
	s.links = append(s.links, asked)
	walk, err := link.AttachIter(link.IterOptions{Program: s.objects.Walk, Map: s.objects.Notes})
	if err != nil {
		return fmt.Errorf("attach the walk over sockets: %w", err)
	}
	s.walk = walk
	s.links = append(s.links, walk)
	return nil
}

// adopt gives a note to every socket that was open before. It comes after
// attach: a socket that opens in between has its note already.
func (s *sockets) adopt() error {
	for _, program := range []*ebpf.Program{s.objects.FindListeners, s.objects.Adopt} {
		files, err := link.AttachIter(link.IterOptions{Program: program})
		if err != nil {
			return fmt.Errorf("attach the walk over open files: %w", err)
		}
		err = run(files)
		if err := errors.Join(err, files.Close()); err != nil {
			return fmt.Errorf("adopt open sockets: %w", err)
		}
	}
	return nil
}

// run lets an iterator's program see every object once.
func run(iter *link.Iter) error {
	pass, err := iter.Open()
	if err != nil {
		return err
	}
	defer pass.Close()
	_, err = io.Copy(io.Discard, pass)
	return err
}

// read returns every tracked socket's counters. The walk comes before the
// finals: a socket that closes during the walk has both, and the final counts.
func (s *sockets) read(ctx context.Context, owners *owners) ([]Counter, error) {
	if err := s.objects.Walked.Set(uint32(0)); err != nil {
		return nil, fmt.Errorf("walk over sockets: %w", err)
	}
	if err := run(s.walk); err != nil {
		return nil, fmt.Errorf("walk over sockets: %w", err)
	}
	finals, err := s.finals.take(ctx)
	if err != nil {
		return nil, err
	}
	s.undelivered = append(s.undelivered, finals...)
	live, err := s.walkedReadings()
	if err != nil {
		return nil, err
	}
	s.learnCgroups(owners)

	counters := make([]Counter, 0, len(live)+len(s.undelivered))
	closed := make(map[uint64]struct{}, len(s.undelivered))
	for i := range s.undelivered {
		closed[s.undelivered[i].Id] = struct{}{}
		if !intercepted(&s.undelivered[i]) {
			counters = append(counters, counterOf(&s.undelivered[i], owners))
		}
	}
	for i := range live {
		if _, gone := closed[live[i].Id]; !gone && !intercepted(&live[i]) {
			counters = append(counters, counterOf(&live[i], owners))
		}
	}
	return counters, nil
}

// intercepted tells of a socket whose bytes end at a proxy in its own network
// namespace, whatever it dialled: like all that stays on the loopback interface it
// is left out. The proxy's own socket has what leaves.
func intercepted(r *bpf.SocketsTcpReading) bool {
	return bpf.SocketsTcpFlag(r.Flags)&bpf.SocketsTcpFlagTCP_INTERCEPTED != 0
}

// intercepting tells whether the programs have met a proxy's socket.
func (s *sockets) intercepting() (bool, error) {
	var seen uint8
	if err := s.objects.Intercepts.Get(&seen); err != nil {
		return false, fmt.Errorf("variable intercepts: %w", err)
	}
	return seen != 0, nil
}

// delivered lets go of the final readings of the last read: the caller has them.
func (s *sockets) delivered() { s.undelivered = nil }

func (s *sockets) walkedReadings() ([]bpf.SocketsTcpReading, error) {
	var count uint32
	if err := s.objects.Walked.Get(&count); err != nil || count == 0 {
		return nil, err
	}
	readings := make([]bpf.SocketsTcpReading, count)
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(&readings[0])), len(readings)*readingBytes)
	if _, err := s.walked.ReadAt(bytes, 0); err != nil {
		return nil, fmt.Errorf("readings of %d sockets: %w", count, err)
	}
	return readings, nil
}

// learnCgroups takes over the paths of cgroups made since the last time.
func (s *sockets) learnCgroups(owners *owners) {
	var (
		id   uint64
		path [512]byte
		ids  []uint64
	)
	for entries := s.objects.CgroupPaths.Iterate(); entries.Next(&id, &path); {
		owners.learn(id, unix.ByteSliceToString(path[:]))
		ids = append(ids, id)
	}
	for _, id := range ids {
		_ = s.objects.CgroupPaths.Delete(id)
	}
}

func (s *sockets) tallies() *ebpf.Map { return s.objects.Tallies }

func (s *sockets) close() error {
	var errs []error
	if s.finals != nil {
		errs = append(errs, s.finals.close())
	}
	for _, attached := range s.links {
		errs = append(errs, attached.Close())
	}
	return errors.Join(append(errs, s.objects.Close())...)
}

func counterOf(r *bpf.SocketsTcpReading, owners *owners) Counter {
	local, remote := addrOf(r.Local), addrOf(r.Remote)
	role := model.Role(r.Role)
	has := func(flag bpf.SocketsTcpFlag) bool { return bpf.SocketsTcpFlag(r.Flags)&flag != 0 }
	sent, received := tcpCounters{
		ipv6:                  remote.Is6(),
		role:                  role,
		bytesSent:             r.BytesSent,
		bytesRetransmitted:    r.BytesRetrans,
		bytesReceived:         r.BytesReceived,
		segmentsSent:          r.SegsOut,
		segmentsReceived:      r.SegsIn,
		segmentsRetransmitted: uint64(r.TotalRetrans),
		handshakes:            uint64(r.Handshake),
		headerLength:          uint64(r.HeaderLen),
		finReceived:           has(bpf.SocketsTcpFlagTCP_FIN_RECEIVED),
		refused:               has(bpf.SocketsTcpFlagTCP_REFUSED),
		lastACKDue:            has(bpf.SocketsTcpFlagTCP_LAST_ACK_DUE),
		resetDue:              has(bpf.SocketsTcpFlagTCP_RESET_DUE),
		windowScaling:         has(bpf.SocketsTcpFlagTCP_WSCALE),
		sack:                  has(bpf.SocketsTcpFlagTCP_SACK),
	}.counts()
	return Counter{
		ID: r.Id,
		Key: Key{
			Local:      owners.of(r.Cgroup),
			NetNS:      r.Netns,
			LocalAddr:  local,
			RemoteAddr: remote,
			LocalPort:  r.LocalPort,
			RemotePort: r.RemotePort,
			ServerPort: serverPort(role, r.LocalPort, r.RemotePort),
			Protocol:   model.TCP,
			Role:       role,
		},
		Sent:      sent,
		Received:  received,
		RTTMicros: r.SrttUs / 8,
		Opened:    time.Duration(r.OpenedNs),
		Dialled:   dialledOf(r),
		Adopted:   has(bpf.SocketsTcpFlagTCP_ADOPTED),
		Final:     has(bpf.SocketsTcpFlagTCP_FINAL),
	}
}

// dialledOf is the zero AddrPort where the server did not ask.
func dialledOf(r *bpf.SocketsTcpReading) netip.AddrPort {
	if r.DialledPort == 0 {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(addrOf(r.Dialled), r.DialledPort)
}

// addrOf reads an address as the programs write it: IPv6 or v4-mapped.
func addrOf(bytes [16]uint8) netip.Addr { return netip.AddrFrom16(bytes).Unmap() }
