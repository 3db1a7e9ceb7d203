package lab

import (
	"log/slog"
	"net/netip"

	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/lab/workload"
	"github.com/egressor/egressor/internal/model"
)

// Config says what lab to build. Only Binary is required.
type Config struct {
	// Prefix tells labs on one machine apart: 1 to 16 of a-z and 0-9. Empty
	// draws one.
	Prefix string
	// Plan is what the lab consists of; without nodes it is ShopPlan.
	Plan Plan
	// Dir is where InventoryFile and EndpointsFile are kept up to date, empty
	// for nowhere.
	Dir string
	// Binary runs Main when it is called as `BINARY lab-workload ARGS...`;
	// usually os.Executable().
	Binary string
	// OnChange, if set, is told every fact at the moment it is stated, the first
	// ones during Start. It must not call the lab.
	OnChange func([]model.Fact)
	// OneSegment switches segmentation offload off on all pods' links, so that a
	// Capture sees each packet as a wire would carry it. It costs throughput.
	OneSegment bool
	// Idle leaves the pods without calls until StartCalls.
	Idle  bool
	Log   *slog.Logger
	Clock clock.Clock
}

// Subcommand is the hidden subcommand by which a lab starts its own binary.
const Subcommand = "lab-workload"

// Main runs what a lab starts in its pods and returns the exit code. args are
// those after Subcommand.
func Main(args []string) int { return workload.Main(args) }

// Node is one machine of a running lab.
type Node struct {
	Name, Zone string
	// CgroupRoot is the cgroup folder that an agent of this node is limited to.
	CgroupRoot string
	// NetnsPath is the node's own network namespace, where its services are
	// translated.
	NetnsPath string
	Addr      netip.Addr
}

// Pod is one pod of a running lab.
type Pod struct {
	Namespace, Name, UID string
	Workload             model.WorkloadRef
	// Revision is the key of the revision's fact.
	Revision   string
	Node, Zone string
	Addr       netip.Addr
	NetnsPath  string
	// Cgroup is the folder of the pod's one container.
	Cgroup string
}

// Key is "namespace/name".
func (p Pod) Key() string { return p.Namespace + "/" + p.Name }

// Change is what a rollout changes. Empty fields keep what the revision before
// had.
type Change struct {
	Image, ChangedBy, Cause, Commit string
	Calls                           []Call
}

// Transferred is the outcome of a Transfer, as both ends saw it.
type Transferred struct {
	// Client sent Bytes of payload to Server, and nothing came back.
	Client, Server netip.AddrPort
	Bytes          int64
	// ResentBytes is the payload that the client's kernel sent a second time.
	ResentBytes int64
}
