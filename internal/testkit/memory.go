package testkit

import (
	"bytes"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
)

// Memory begins to watch this process's memory. What it returns says, in bytes,
// how much was resident at most since, and how much was allocated in all. Linux only.
func Memory(tb testing.TB) (used func() (peakResident, allocated uint64)) {
	tb.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		tb.Fatal("resetting the peak of the resident memory:", err)
	}
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	return func() (peakResident, allocated uint64) {
		var after runtime.MemStats
		runtime.ReadMemStats(&after)
		return residentPeak(tb), after.TotalAlloc - before.TotalAlloc
	}
}

func residentPeak(tb testing.TB) uint64 {
	tb.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		tb.Fatal(err)
	}
	for line := range bytes.Lines(status) {
		if fields := bytes.Fields(line); len(fields) == 3 && string(fields[0]) == "VmHWM:" {
			kib, err := strconv.ParseUint(string(fields[1]), 10, 64)
			if err != nil {
				tb.Fatal(err)
			}
			return kib << 10
		}
	}
	tb.Fatal("/proc/self/status has no VmHWM")
	return 0
}
