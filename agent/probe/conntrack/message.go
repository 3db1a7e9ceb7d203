package conntrack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"

	"github.com/mdlayher/netlink"

	"github.com/egressor/egressor/internal/model"
)

// Numbers of linux/netfilter/nfnetlink.h and nfnetlink_conntrack.h.
const (
	netfilterFamily = 12
	subsystem       = 1 << 8

	messageNew = 0
	messageGet = 1

	groupNew = 1

	attrTupleOriginal = 1
	attrTupleReply    = 2
	attrStatus        = 3
	attrStatusMask    = 26
	tupleIP           = 1
	tupleProtocol     = 2
	ipV4Source        = 1
	ipV4Destination   = 2
	ipV6Source        = 3
	ipV6Destination   = 4
	protocolNumber    = 1
	protocolSource    = 2
	protocolTarget    = 3

	statusSourceNAT      = 1 << 4
	statusDestinationNAT = 1 << 5

	// generalHeaderBytes is the length of struct nfgenmsg.
	generalHeaderBytes = 4
)

// errNoPorts says that a connection has no ports, and so no translation for us.
var errNoPorts = errors.New("no ports")

// tuple is one direction of a connection.
type tuple struct {
	source, destination netip.AddrPort
	protocol            model.Protocol
}

// parse reads one connection. The error is errNoPorts for ICMP and the like.
func parse(message []byte) (original, reply tuple, err error) {
	if len(message) < generalHeaderBytes {
		return tuple{}, tuple{}, fmt.Errorf("conntrack message of %d bytes: want at least %d", len(message), generalHeaderBytes)
	}
	attributes, err := netlink.NewAttributeDecoder(message[generalHeaderBytes:])
	if err != nil {
		return tuple{}, tuple{}, fmt.Errorf("conntrack message: %w", err)
	}
	for attributes.Next() {
		switch attributes.Type() {
		case attrTupleOriginal:
			attributes.Nested(original.decode)
		case attrTupleReply:
			attributes.Nested(reply.decode)
		}
	}
	if err := attributes.Err(); err != nil {
		return tuple{}, tuple{}, fmt.Errorf("conntrack message: %w", err)
	}
	for _, end := range []netip.AddrPort{original.source, original.destination, reply.source, reply.destination} {
		if !end.Addr().IsValid() {
			return tuple{}, tuple{}, errors.New("conntrack message without both tuples")
		}
	}
	if original.destination.Port() == 0 {
		return tuple{}, tuple{}, errNoPorts
	}
	return original, reply, nil
}

func (t *tuple) decode(attributes *netlink.AttributeDecoder) error {
	var source, destination netip.Addr
	var sourcePort, destinationPort uint16
	attributes.ByteOrder = binary.BigEndian
	for attributes.Next() {
		switch attributes.Type() {
		case tupleIP:
			attributes.Nested(func(ip *netlink.AttributeDecoder) error {
				for ip.Next() {
					addr, _ := netip.AddrFromSlice(ip.Bytes())
					switch ip.Type() {
					case ipV4Source, ipV6Source:
						source = addr.Unmap()
					case ipV4Destination, ipV6Destination:
						destination = addr.Unmap()
					}
				}
				return nil
			})
		case tupleProtocol:
			attributes.Nested(func(protocol *netlink.AttributeDecoder) error {
				protocol.ByteOrder = binary.BigEndian
				for protocol.Next() {
					switch protocol.Type() {
					case protocolNumber:
						t.protocol = model.Protocol(protocol.Uint8())
					case protocolSource:
						sourcePort = protocol.Uint16()
					case protocolTarget:
						destinationPort = protocol.Uint16()
					}
				}
				return nil
			})
		}
	}
	t.source = netip.AddrPortFrom(source, sourcePort)
	t.destination = netip.AddrPortFrom(destination, destinationPort)
	return nil
}

// dumpRequest asks for every connection with a status bit set, for all of them
// where status is 0. A kernel before 5.15 does not know the condition and sends
// them all.
func dumpRequest(status uint32) (netlink.Message, error) {
	attributes := netlink.NewAttributeEncoder()
	attributes.ByteOrder = binary.BigEndian
	if status != 0 {
		attributes.Uint32(attrStatus, status)
		attributes.Uint32(attrStatusMask, status)
	}
	condition, err := attributes.Encode()
	if err != nil {
		return netlink.Message{}, err
	}
	return netlink.Message{
		Header: netlink.Header{Type: subsystem | messageGet, Flags: netlink.Request | netlink.Dump},
		Data:   append(make([]byte, generalHeaderBytes), condition...), // any family
	}, nil
}
