package probe

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"

	"github.com/egressor/egressor/bpf"
	"github.com/egressor/egressor/internal/model"
)

// Slots of the programs' array of tables.
const (
	exactSlot  uint32 = iota // flows with both ports
	foldedSlot               // flows without their client port, when the first is full
	tableSlots
)

// packetIDs sets the ids of packet flows apart from those of sockets.
const packetIDs = uint64(1) << 63

// packets counts at the cgroup's IP hooks what no TCP socket counts, and TCP
// too where sockets mode is not to be had.
type packets struct {
	objects bpf.PacketsObjects
	links   []link.Link
	// tables are two sets: the programs fill tables[active].
	tables [2][tableSlots]*ebpf.Map
	active int
	flows  map[bpf.PacketsFlowKey]*packetFlow
	nextID uint64
}

// packetFlow is what one flow has counted since it was first seen.
type packetFlow struct {
	id     uint64
	opened time.Duration
	counts bpf.PacketsFlowCounts
	// drained is true when the last drain found the flow.
	drained bool
}

// openPackets loads and attaches the programs. entries bounds the flows of one
// window.
func openPackets(root cgroupRoot, entries int, countTCP bool) (*packets, error) {
	p := &packets{flows: map[bpf.PacketsFlowKey]*packetFlow{}}
	if err := p.open(root, entries, countTCP); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func (p *packets) open(root cgroupRoot, entries int, countTCP bool) error {
	spec, err := bpf.LoadPackets()
	if err != nil {
		return fmt.Errorf("packets program: %w", err)
	}
	if err := spec.Variables["count_tcp"].Set(countTCP); err != nil {
		return fmt.Errorf("packets program: constant count_tcp: %w", err)
	}
	table := spec.Maps["flow_tables"].InnerMap
	if err := spec.LoadAndAssign(&p.objects, nil); err != nil {
		return fmt.Errorf("load packets programs: %w", err)
	}
	if err := p.makeTables(table, entries); err != nil {
		return err
	}
	return p.attach(root)
}

func (p *packets) makeTables(spec *ebpf.MapSpec, entries int) error {
	sizes := [tableSlots]int{exactSlot: entries, foldedSlot: max(entries/8, 1)}
	for set := range p.tables {
		for slot, size := range sizes {
			sized := spec.Copy()
			sized.MaxEntries = uint32(size)
			table, err := ebpf.NewMap(sized)
			if err != nil {
				return fmt.Errorf("flow table of %d entries: %w", size, err)
			}
			p.tables[set][slot] = table
		}
	}
	return p.use(0)
}

// use makes the programs fill a set of tables. When it returns, no program
// fills the other set any more: the kernel waits for those still running.
func (p *packets) use(set int) error {
	for slot, table := range p.tables[set] {
		if err := p.objects.FlowTables.Put(uint32(slot), table); err != nil {
			return fmt.Errorf("swap flow table %d: %w", slot, err)
		}
	}
	p.active = set
	return nil
}

func (p *packets) attach(root cgroupRoot) error {
	for _, hook := range []struct {
		name    string
		attach  ebpf.AttachType
		program *ebpf.Program
	}{
		{"egress", ebpf.AttachCGroupInetEgress, p.objects.OnEgress},
		{"ingress", ebpf.AttachCGroupInetIngress, p.objects.OnIngress},
	} {
		attached, err := link.AttachCgroup(link.CgroupOptions{Path: root.dir, Attach: hook.attach, Program: hook.program})
		if err != nil {
			return fmt.Errorf("attach to %s of cgroup %s: %w", hook.name, root.dir, err)
		}
		p.links = append(p.links, attached)
	}
	return nil
}

// read returns every flow that was seen since the last read, and closes those
// that were not.
func (p *packets) read(now time.Duration, owners *owners) ([]Counter, error) {
	full := p.tables[p.active]
	if err := p.use(1 - p.active); err != nil {
		return nil, err
	}
	for _, flow := range p.flows {
		flow.drained = false
	}
	for _, table := range full {
		if err := p.drain(table, now); err != nil {
			return nil, err
		}
	}
	counters := make([]Counter, 0, len(p.flows))
	for key, flow := range p.flows {
		counters = append(counters, flow.counter(key, owners))
		if !flow.drained {
			delete(p.flows, key)
		}
	}
	return counters, nil
}

// drainBatch is how many flows one system call moves. The kernel wants room for
// the fullest bucket of a table at least.
const drainBatch = 4096

func (p *packets) drain(table *ebpf.Map, now time.Duration) error {
	var (
		cursor ebpf.MapBatchCursor
		keys   = make([]bpf.PacketsFlowKey, drainBatch)
		counts = make([]bpf.PacketsFlowCounts, drainBatch)
	)
	for {
		n, err := table.BatchLookupAndDelete(&cursor, keys, counts, nil)
		for i := range n {
			p.add(keys[i], counts[i], now)
		}
		if errors.Is(err, ebpf.ErrKeyNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("drain flow table: %w", err)
		}
	}
}

func (p *packets) add(key bpf.PacketsFlowKey, counts bpf.PacketsFlowCounts, now time.Duration) {
	flow, ok := p.flows[key]
	if !ok {
		p.nextID++
		flow = &packetFlow{id: packetIDs | p.nextID, opened: now}
		p.flows[key] = flow
	}
	flow.drained = true
	total := &flow.counts
	total.SentBytes += counts.SentBytes
	total.SentPayload += counts.SentPayload
	total.SentPackets += counts.SentPackets
	total.ReceivedBytes += counts.ReceivedBytes
	total.ReceivedPayload += counts.ReceivedPayload
	total.ReceivedPackets += counts.ReceivedPackets
	if counts.Role != 0 {
		total.Role = counts.Role
	}
	if counts.DialledPort != 0 {
		total.Dialled, total.DialledPort = counts.Dialled, counts.DialledPort
	}
}

func (f *packetFlow) counter(key bpf.PacketsFlowKey, owners *owners) Counter {
	port, role := guessServer(key.LocalPort, key.RemotePort)
	if f.counts.Role != 0 { // a SYN was seen
		role = model.Role(f.counts.Role)
		port = serverPort(role, key.LocalPort, key.RemotePort)
	}
	var dialled netip.AddrPort
	if f.counts.DialledPort != 0 && role == model.RoleServer { // a client's port may be changed on its way out
		dialled = netip.AddrPortFrom(addrOf(f.counts.Dialled), f.counts.DialledPort)
	}
	return Counter{
		ID: f.id, Dialled: dialled,
		Key: Key{
			Local:      owners.of(key.Cgroup),
			LocalAddr:  addrOf(key.Local),
			RemoteAddr: addrOf(key.Remote),
			LocalPort:  key.LocalPort,
			RemotePort: key.RemotePort,
			ServerPort: port,
			Protocol:   model.Protocol(key.Protocol),
			Role:       role,
		},
		Sent: model.Counts{
			WireBytes:    f.counts.SentBytes,
			PayloadBytes: f.counts.SentPayload,
			Packets:      f.counts.SentPackets,
		},
		Received: model.Counts{
			WireBytes:    f.counts.ReceivedBytes,
			PayloadBytes: f.counts.ReceivedPayload,
			Packets:      f.counts.ReceivedPackets,
		},
		Opened: f.opened,
		Final:  !f.drained,
	}
}

func (p *packets) tallies() *ebpf.Map { return p.objects.Tallies }

func (p *packets) close() error {
	var errs []error
	for _, attached := range p.links {
		errs = append(errs, attached.Close())
	}
	for _, set := range p.tables {
		for _, table := range set {
			if table != nil {
				errs = append(errs, table.Close())
			}
		}
	}
	return errors.Join(append(errs, p.objects.Close())...)
}
