package probe

import (
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/egressor/egressor/internal/model"
)

func TestUDPIsExact(t *testing.T) {
	const datagrams, up, down = 500, 100, 300
	for _, family := range families {
		t.Run(family.name, func(t *testing.T) {
			b := newBench(t)
			probe := b.open(Config{})
			b.echoUDP(family, datagrams, up, down)
			all := newLatest()
			all.add(t, b.read(probe))

			header := uint64(28)
			if family.version == 6 {
				header = 48
			}
			client := all.of(clientUID, model.UDP, model.RoleClient)
			server := all.of(serverUID, model.UDP, model.RoleServer)
			wantUp := model.Counts{WireBytes: datagrams * (up + header), PayloadBytes: datagrams * up, Packets: datagrams}
			wantDown := model.Counts{WireBytes: datagrams * (down + header), PayloadBytes: datagrams * down, Packets: datagrams}
			if client.sent != wantUp || client.received != wantDown || server.sent != wantDown || server.received != wantUp {
				t.Errorf("client %+v, server %+v, want %+v up and %+v down", client, server, wantUp, wantDown)
			}
			idle := b.read(probe)
			for _, counter := range idle.Counters {
				if counter.Key.Protocol == model.UDP && (!counter.Final || counter.Sent.Add(counter.Received) != wantUp.Add(wantDown)) {
					t.Errorf("after a window without traffic: %+v, want its end with the same counts", counter)
				}
			}
		})
	}
}

// echoUDP sends datagrams one by one and waits for each answer.
func (b *bench) echoUDP(to family, datagrams, up, down int) {
	var server net.PacketConn
	b.asServer(func() {
		var err error
		server, err = net.ListenPacket("udp", netip.AddrPortFrom(to.address, 5353).String())
		check(b.tb, err)
	})
	defer server.Close()
	answered := make(chan error, 1)
	go func() {
		buffer := make([]byte, 2048)
		for range datagrams {
			_, from, err := server.ReadFrom(buffer)
			if err == nil {
				_, err = server.WriteTo(make([]byte, down), from)
			}
			if err != nil {
				answered <- err
				return
			}
		}
		answered <- nil
	}()
	b.asClient(func() {
		conn, err := net.Dial("udp", netip.AddrPortFrom(to.address, 5353).String())
		check(b.tb, err)
		defer conn.Close()
		check(b.tb, conn.SetDeadline(time.Now().Add(time.Minute))) // for hundreds of turns of two that wait for each other
		buffer := make([]byte, 2048)
		for range datagrams {
			_, err := conn.Write(make([]byte, up))
			check(b.tb, err)
			_, err = conn.Read(buffer)
			check(b.tb, err)
		}
	})
	check(b.tb, <-answered)
}

// Pings of 56 bytes are 84 bytes of IP each, as clouds count them.
func TestICMPIsExact(t *testing.T) {
	const pings = 10
	b := newBench(t)
	probe := b.open(Config{})
	b.asClient(func() {
		fd, err := unix.Socket(unix.AF_INET, unix.SOCK_RAW, unix.IPPROTO_ICMP)
		check(t, err)
		defer unix.Close(fd)
		check(t, unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: 5}))
		for sequence := range pings {
			check(t, unix.Sendto(fd, echoRequest(sequence, 56), 0, &unix.SockaddrInet4{Addr: serverV4.Addr().As4()}))
			_, _, err := unix.Recvfrom(fd, make([]byte, 256), 0)
			check(t, err)
		}
	})
	all := newLatest()
	all.add(t, b.read(probe))
	got := all.of(clientUID, model.ICMP, model.RoleUnknown)
	want := model.Counts{WireBytes: pings * 84, PayloadBytes: pings * 56, Packets: pings}
	if got.sent != want || got.received != want {
		t.Errorf("pings %+v, want %+v both ways", got, want)
	}
}

func echoRequest(sequence, payload int) []byte {
	message := make([]byte, 8+payload)
	message[0] = 8
	binary.BigEndian.PutUint16(message[4:], 4711)
	binary.BigEndian.PutUint16(message[6:], uint16(sequence))
	var sum uint32
	for i := 0; i < len(message); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(message[i:]))
	}
	sum = sum>>16 + sum&0xffff
	binary.BigEndian.PutUint16(message[2:], ^uint16(sum+sum>>16))
	return message
}

// A datagram that the kernel segments after the hook is as many packets as
// segments, each with its own headers.
func TestUDPSegmentationOffload(t *testing.T) {
	const segments, size = 8, 1000
	b := newBench(t)
	probe := b.open(Config{})
	var captured *capture
	b.in(b.serverNet, func() { captured = startCapture(t, byte(model.UDP)) })
	b.asClient(func() {
		conn, err := net.Dial("udp", netip.AddrPortFrom(serverV4.Addr(), 4433).String())
		check(t, err)
		defer conn.Close()
		raw, err := conn.(*net.UDPConn).SyscallConn()
		check(t, err)
		check(t, raw.Control(func(fd uintptr) {
			check(t, unix.SetsockoptInt(int(fd), unix.SOL_UDP, unix.UDP_SEGMENT, size))
		}))
		_, err = conn.Write(make([]byte, segments*size))
		check(t, err)
	})
	_, in := captured.stop()
	all := newLatest()
	all.add(t, b.read(probe))
	got := all.of(clientUID, model.UDP, model.RoleClient).sent
	if got.Packets != segments || got.WireBytes != segments*(size+28) || got.PayloadBytes != segments*size {
		t.Errorf("sent %+v, want %d packets of %d bytes", got, segments, size+28)
	}
	if in.packets != got.Packets || in.bytes != got.WireBytes {
		t.Errorf("sent %+v, the wire had %+v", got, in)
	}
}
