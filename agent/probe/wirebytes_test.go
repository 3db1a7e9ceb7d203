package probe

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
)

func TestWireBytes(t *testing.T) {
	// 100 bytes up, 1,000 down, timestamps on: SYN, ACK, data, ACK, FIN, ACK from
	// the client; SYN-ACK, ACK, data, FIN, ACK from the server.
	client := tcpCounters{
		role: model.RoleClient, bytesSent: 100, bytesReceived: 1001, segmentsSent: 5, segmentsReceived: 5,
		handshakes: 1, headerLength: 32, finReceived: true, windowScaling: true, sack: true,
	}
	server := tcpCounters{
		role: model.RoleServer, bytesSent: 1000, bytesReceived: 101, segmentsSent: 4, segmentsReceived: 5,
		handshakes: 1, headerLength: 32, finReceived: true, windowScaling: true, sack: true,
	}
	up := model.Counts{WireBytes: 100 + 5*52 + 8, PayloadBytes: 100, Packets: 5}
	down := model.Counts{WireBytes: 1000 + 5*52 + 8, PayloadBytes: 1000, Packets: 5}
	for _, c := range []struct {
		name           string
		edit           func(*tcpCounters)
		base           tcpCounters
		sent, received model.Counts
	}{
		{"client", nil, client, up, down},
		{"server, whose SYN-ACK no socket counts", nil, server, down, up},
		{
			"IPv6 adds 20 bytes a packet",
			func(c *tcpCounters) { c.ipv6 = true },
			client,
			model.Counts{WireBytes: up.WireBytes + 5*20, PayloadBytes: 100, Packets: 5},
			model.Counts{WireBytes: down.WireBytes + 5*20, PayloadBytes: 1000, Packets: 5},
		},
		{
			"without timestamps the SYN names SACK apart",
			func(c *tcpCounters) { c.headerLength = 20 },
			client,
			model.Counts{WireBytes: 100 + 5*40 + 12, PayloadBytes: 100, Packets: 5},
			model.Counts{WireBytes: 1000 + 5*40 + 12, PayloadBytes: 1000, Packets: 5},
		},
		{
			"retransmissions are on the wire and not in the payload",
			func(c *tcpCounters) {
				c.bytesSent, c.bytesRetransmitted, c.segmentsSent, c.segmentsRetransmitted = 300, 200, 7, 2
			},
			client,
			model.Counts{WireBytes: 300 + 7*52 + 8, PayloadBytes: 100, Packets: 7, RetransmittedPackets: 2},
			down,
		},
		{
			"a SYN sent again",
			func(c *tcpCounters) { c.segmentsSent, c.handshakes, c.segmentsRetransmitted = 6, 2, 1 },
			client,
			model.Counts{WireBytes: 100 + 6*52 + 16, PayloadBytes: 100, Packets: 6, RetransmittedPackets: 1},
			down,
		},
		{
			"a time-wait socket answers the last FIN",
			func(c *tcpCounters) { c.lastACKDue, c.finReceived, c.bytesReceived = true, false, 1000 },
			client,
			model.Counts{WireBytes: up.WireBytes + 52, PayloadBytes: 100, Packets: 6},
			model.Counts{WireBytes: down.WireBytes + 52, PayloadBytes: 1000, Packets: 6},
		},
		{
			"aborted: the reset follows the close",
			func(c *tcpCounters) { c.resetDue = true },
			client,
			model.Counts{WireBytes: up.WireBytes + 52, PayloadBytes: 100, Packets: 6},
			down,
		},
		{
			"adopted in the middle: no handshake",
			func(c *tcpCounters) { c.role, c.handshakes = model.RoleUnknown, 0 },
			client,
			model.Counts{WireBytes: 100 + 5*52, PayloadBytes: 100, Packets: 5},
			model.Counts{WireBytes: 1000 + 5*52, PayloadBytes: 1000, Packets: 5},
		},
		{
			"refused: a SYN of 60 bytes, a reset of 40",
			func(c *tcpCounters) {
				*c = tcpCounters{
					role: model.RoleClient, refused: true, segmentsSent: 1, segmentsReceived: 1,
					handshakes: 1, headerLength: 32, windowScaling: true, sack: true,
				}
			},
			client,
			model.Counts{WireBytes: 60, Packets: 1},
			model.Counts{WireBytes: 40, Packets: 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.edit != nil {
				c.edit(&c.base)
			}
			if sent, received := c.base.counts(); sent != c.sent || received != c.received {
				t.Errorf("sent %+v received %+v,\nwant %+v and %+v", sent, received, c.sent, c.received)
			}
		})
	}
}

// More traffic never counts less, whatever else is true of the socket.
func TestWireBytesNeverFall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.Uint64Range(0, 1<<40)
		before := tcpCounters{
			ipv6:             rapid.Bool().Draw(t, "ipv6"),
			role:             model.Role(rapid.IntRange(0, 2).Draw(t, "role")),
			bytesSent:        small.Draw(t, "bytes sent"),
			bytesReceived:    small.Draw(t, "bytes received"),
			segmentsSent:     small.Draw(t, "segments sent"),
			segmentsReceived: small.Draw(t, "segments received"),
			handshakes:       rapid.Uint64Range(0, 7).Draw(t, "handshakes"),
			headerLength:     rapid.SampledFrom([]uint64{20, 32}).Draw(t, "header"),
			windowScaling:    rapid.Bool().Draw(t, "wscale"),
			sack:             rapid.Bool().Draw(t, "sack"),
		}
		after := before
		after.bytesSent += small.Draw(t, "more sent")
		after.segmentsReceived += small.Draw(t, "more segments")
		if rapid.Bool().Draw(t, "closes") {
			after.bytesReceived++
			after.finReceived, after.lastACKDue = true, rapid.Bool().Draw(t, "last ACK due")
		}
		sent0, received0 := before.counts()
		sent1, received1 := after.counts()
		if fell(sent0, sent1) || fell(received0, received1) {
			t.Fatalf("from %+v %+v to %+v %+v", sent0, received0, sent1, received1)
		}
	})
}
