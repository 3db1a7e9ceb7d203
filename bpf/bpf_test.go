package bpf

import (
	"slices"
	"testing"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
)

// allowedHelpers are all that the programs may call. None reads user memory, and
// skb_load_bytes is given constant offsets within IP and transport headers: no
// payload byte is ever read. probe_read_kernel reads fields of kernel structs.
var allowedHelpers = []asm.BuiltinFunc{
	asm.FnMapLookupElem,
	asm.FnMapUpdateElem,
	asm.FnProbeReadKernel,
	asm.FnProbeReadKernelStr,
	asm.FnSkbLoadBytes,
	asm.FnSkbCgroupId,
	asm.FnKtimeGetBootNs,
	asm.FnSkStorageGet,
	asm.FnSkStorageDelete,
	asm.FnSkcToTcpSock,
	asm.FnSockFromFile,
	asm.FnRingbufOutput,
	asm.FnRingbufQuery,
}

func TestProgramsCallOnlyAllowedHelpers(t *testing.T) {
	for name, load := range map[string]func() (*ebpf.CollectionSpec, error){"sockets": LoadSockets, "packets": LoadPackets} {
		spec, err := load()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(spec.Programs) == 0 {
			t.Errorf("%s has no program", name)
		}
		for _, program := range spec.Programs {
			for _, instruction := range program.Instructions {
				if instruction.IsBuiltinCall() && !slices.Contains(allowedHelpers, asm.BuiltinFunc(instruction.Constant)) {
					t.Errorf("program %s of %s calls %s", program.Name, name, asm.BuiltinFunc(instruction.Constant))
				}
			}
		}
	}
}

// A map whose size nobody bounded would let traffic decide the kernel's memory.
func TestEveryMapIsBounded(t *testing.T) {
	for name, load := range map[string]func() (*ebpf.CollectionSpec, error){"sockets": LoadSockets, "packets": LoadPackets} {
		spec, err := load()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, m := range spec.Maps {
			// sk_storage has no size of its own; max_notes bounds it.
			if m.Type != ebpf.SkStorage && m.MaxEntries == 0 {
				t.Errorf("map %s of %s has no limit", m.Name, name)
			}
		}
	}
}
