package flowstore

import (
	"net/netip"

	"github.com/egressor/egressor/internal/model"
)

// What the store keeps of wire bytes is what they have beside payload and usual
// headers: nothing or a few bytes, where the wire bytes themselves are as long
// as the payload's. The tables say the same in their ALIAS columns.
const (
	ipv4Header uint8 = 20
	ipv6Header uint8 = 40
	// tcpHeader is a TCP header with timestamps, as Linux sends it.
	tcpHeader uint8 = 32
	udpHeader uint8 = 8
	// synBytes is by how much a SYN's header is longer than later ones.
	synBytes = 8
)

// headerBytes is what the headers of one of a flow's packets usually take.
func headerBytes(remote netip.Addr, protocol model.Protocol) uint8 {
	if remote = remote.Unmap(); remote.Is4() {
		return ipv4Header + transportHeader(protocol)
	}
	return ipv6Header + transportHeader(protocol)
}

// headerBytesOf is that of an edge, whose ends are no addresses: IPv6's where the
// wire bytes have room for them.
func headerBytesOf(counts model.Counts, protocol model.Protocol) uint8 {
	header := ipv6Header + transportHeader(protocol)
	if counts.WireBytes-counts.PayloadBytes >= counts.Packets*uint64(header) {
		return header
	}
	return ipv4Header + transportHeader(protocol)
}

func transportHeader(protocol model.Protocol) uint8 {
	switch protocol {
	case model.TCP:
		return tcpHeader
	case model.UDP:
		return udpHeader
	default:
		return 0
	}
}

// usualBytes are the wire bytes that payload, packets and connections amount to,
// modulo 2^64.
func usualBytes(counts model.Counts, header uint8, connections uint64) uint64 {
	usual := counts.PayloadBytes + counts.Packets*uint64(header)
	if header == ipv4Header+tcpHeader || header == ipv6Header+tcpHeader {
		usual += connections * synBytes
	}
	return usual
}

// restBytes is what is kept of wire bytes, below zero where headers are shorter.
func restBytes(counts model.Counts, header uint8, connections uint64) int64 {
	return int64(counts.WireBytes - usualBytes(counts, header, connections))
}

// wireBytes is the inverse of restBytes.
func wireBytes(counts model.Counts, header uint8, connections uint64, rest int64) uint64 {
	return usualBytes(counts, header, connections) + uint64(rest)
}
