package app

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"strings"
)

// boot is one tiling of time: from an agent's start, or from a step of the
// wall clock, to its end.
type boot struct {
	id       string
	sequence uint64 // of the last batch that the spool took
}

// newBoot joins the kernel's boot id with a nonce, so that neither a re-imaged
// node nor a restarted agent repeats one.
func newBoot() *boot {
	kernel, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		kernel = []byte("unknown")
	}
	nonce := make([]byte, 4)
	_, _ = rand.Read(nonce) // it never fails
	return &boot{id: strings.TrimSpace(string(kernel)) + "-" + hex.EncodeToString(nonce)}
}
