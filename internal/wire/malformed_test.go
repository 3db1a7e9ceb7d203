package wire_test

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/egressor/egressor/internal/wire"
	pb "github.com/egressor/egressor/internal/wire/egressorpb"
)

// What a schema allows and the rules do not.
func TestDecodeRefusesWhatTheSchemaAllows(t *testing.T) {
	for want, change := range map[string]func(*pb.Batch){
		"local id 99 of":      func(b *pb.Batch) { b.Flows.LocalId[1] = 99 },
		"remote address 9999": func(b *pb.Batch) { b.Flows.RemoteAddress[0] = 9999 },
		"reason 99 of":        func(b *pb.Batch) { b.Losses.Reason[0] = 99 },
		"address of 5 bytes":  func(b *pb.Batch) { b.Addresses[0] = make([]byte, 5) },
		"local kind 3":        func(b *pb.Batch) { b.Flows.LocalKind[2] = 3 },
		"server port 65536":   func(b *pb.Batch) { b.Flows.ServerPort[2] = 1 << 16 },
		"protocol 256":        func(b *pb.Batch) { b.Flows.Protocol[2] = 256 },
		"role 3":              func(b *pb.Batch) { b.Flows.Role[2] = 3 },
		"columns of unequal":  func(b *pb.Batch) { b.Flows.Sent.Packets = b.Flows.Sent.Packets[1:] },
		"loss columns":        func(b *pb.Batch) { b.Losses.From = nil },
		"flow columns":        func(b *pb.Batch) { b.Flows.Received = nil },
		"no body":             func(b *pb.Batch) { b.Facts[0].Body = nil },
		"label keys":          func(b *pb.Batch) { b.Facts[0].GetPod().LabelKeys = []string{"a"} },
		"prefix 10.0.0.0/33":  func(b *pb.Batch) { b.Facts[0].Body = endpoint([]byte{10, 0, 0, 0}, 33) },
		"address of 3 bytes":  func(b *pb.Batch) { b.Facts[0].Body = endpoint([]byte{10, 0, 0}, 8) },
		`label "a" twice`: func(b *pb.Batch) {
			p := b.Facts[0].GetPod()
			p.LabelKeys, p.LabelValues = []string{"a", "a"}, []string{"", ""}
		},
		"flow 0: local address": func(b *pb.Batch) { b.Addresses = nil },
	} {
		data, err := wire.Encode(example(3))
		if err != nil {
			t.Fatal(err)
		}
		message := &pb.Batch{}
		if err := proto.Unmarshal(data, message); err != nil {
			t.Fatal(err)
		}
		change(message)
		if data, err = proto.Marshal(message); err != nil {
			t.Fatal(err)
		}
		if _, err := wire.Decode(data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not name %q", err, want)
		}
	}
}

func endpoint(address []byte, bits uint32) *pb.Fact_Endpoint {
	return &pb.Fact_Endpoint{Endpoint: &pb.Endpoint{Cidrs: []*pb.Prefix{{Address: address, Bits: bits}}}}
}
