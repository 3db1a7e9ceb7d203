// Package gen holds rapid generators of model values, shared by the property
// tests of several packages. What they draw is well-formed: a generator of
// hostile input belongs to the package that parses it.
package gen

import (
	"net/netip"
	"time"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

// Epoch is the instant around which Time draws.
var Epoch = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// Time draws an instant within a day after Epoch, often a whole second.
func Time() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		offset := time.Duration(rapid.Int64Range(0, 86_400).Draw(t, "seconds")) * time.Second
		if rapid.Bool().Draw(t, "within a second") {
			offset += time.Duration(rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds"))
		}
		return Epoch.Add(offset)
	})
}

// TimeOrZero draws an instant, or the zero time for "none".
func TimeOrZero() *rapid.Generator[time.Time] {
	return rapid.OneOf(Time(), rapid.Just(time.Time{}))
}

// Name draws a short name of a few letters, so that names meet often; now and
// then one with characters that need escaping.
func Name() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringMatching(`[a-c]{1,3}`), rapid.SampledFrom([]string{"", "a/b", "x|y%", "ü-ß"}))
}

// Addr draws an IPv4 address, an IPv6 address, or an IPv4-mapped one.
func Addr() *rapid.Generator[netip.Addr] {
	return rapid.Custom(func(t *rapid.T) netip.Addr {
		low := rapid.Byte().Draw(t, "last byte")
		v4 := netip.AddrFrom4([4]byte{10, 244, rapid.ByteRange(0, 3).Draw(t, "third byte"), low})
		switch rapid.IntRange(0, 9).Draw(t, "family") {
		case 0, 1:
			return netip.AddrFrom16([16]byte{0xfd, 15: low})
		case 2:
			return netip.AddrFrom16(v4.As16())
		default:
			return v4
		}
	})
}

// AddrOrZero draws an address, or the zero Addr for "none".
func AddrOrZero() *rapid.Generator[netip.Addr] {
	return rapid.OneOf(Addr(), rapid.Just(netip.Addr{}))
}

// Addrs draws no to three addresses; none is nil.
func Addrs() *rapid.Generator[[]netip.Addr] { return list(Addr(), 3) }

// Prefix draws a prefix in its masked form.
func Prefix() *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		addr := Addr().Draw(t, "address")
		return netip.PrefixFrom(addr, rapid.IntRange(0, addr.BitLen()).Draw(t, "bits")).Masked()
	})
}

// Place draws a place of which parts may be unknown.
func Place() *rapid.Generator[model.Place] {
	return rapid.Custom(func(t *rapid.T) model.Place {
		return model.Place{
			Provider: rapid.SampledFrom([]string{"", "aws", "gcp"}).Draw(t, "provider"),
			Region:   rapid.SampledFrom([]string{"", "us-east-1", "eu-west-1"}).Draw(t, "region"),
			Zone:     rapid.SampledFrom([]string{"", "use1-az1", "use1-az2", "use1-az4"}).Draw(t, "zone"),
			Network:  rapid.SampledFrom([]string{"", "vpc-1", "vpc-2"}).Draw(t, "network"),
			Account:  rapid.SampledFrom([]string{"", "111122223333", "444455556666"}).Draw(t, "account"),
		}
	})
}

// list draws no to most values; none is nil, as decoders return it.
func list[T any](of *rapid.Generator[T], most int) *rapid.Generator[[]T] {
	return rapid.Custom(func(t *rapid.T) []T {
		drawn := rapid.SliceOfN(of, 0, most).Draw(t, "list")
		if len(drawn) == 0 {
			return nil
		}
		return drawn
	})
}
