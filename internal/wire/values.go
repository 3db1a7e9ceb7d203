package wire

import (
	"fmt"
	"math"
	"net/netip"
	"time"
)

// noTime stands for the zero time.Time.
const noTime = math.MinInt64

// timeToNanos fails outside the years 1678 to 2262, which nanoseconds in an
// int64 cannot tell.
func timeToNanos(t time.Time) (int64, error) {
	if t.IsZero() {
		return noTime, nil
	}
	nanos := t.UnixNano()
	if nanos == noTime || !time.Unix(0, nanos).Equal(t) {
		return 0, fmt.Errorf("time %v is not between the years 1678 and 2262", t)
	}
	return nanos, nil
}

func timeFromNanos(nanos int64) time.Time {
	if nanos == noTime {
		return time.Time{}
	}
	return time.Unix(0, nanos).UTC()
}

// addrToBytes drops a zone: it means something on one node only.
func addrToBytes(a netip.Addr) []byte {
	if !a.IsValid() {
		return nil
	}
	return a.AsSlice()
}

func addrFromBytes(b []byte) (netip.Addr, error) {
	if len(b) == 0 {
		return netip.Addr{}, nil
	}
	a, ok := netip.AddrFromSlice(b)
	if !ok {
		return netip.Addr{}, fmt.Errorf("address of %d bytes, want 0, 4 or 16", len(b))
	}
	return a, nil
}

func addrsToBytes(addrs []netip.Addr) [][]byte {
	out := make([][]byte, len(addrs))
	for i, a := range addrs {
		out[i] = addrToBytes(a)
	}
	return out
}

func addrsFromBytes(raw [][]byte) ([]netip.Addr, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	out := make([]netip.Addr, len(raw))
	for i, b := range raw {
		var err error
		if out[i], err = addrFromBytes(b); err != nil {
			return nil, err
		}
	}
	return out, nil
}
