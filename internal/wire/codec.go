package wire

import (
	"google.golang.org/grpc/encoding"
	protocodec "google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
)

// Raw is one message as it stands on the wire. The agent sends what its spool
// holds, byte for byte, and the service can look at a message's limits before
// anything of it is unpacked.
type Raw []byte

// Codec is gRPC's protobuf codec, and beside it takes *Raw as it is. Give it to
// grpc.ForceCodecV2 and grpc.ForceServerCodecV2.
func Codec() encoding.CodecV2 {
	return codec{CodecV2: encoding.GetCodecV2(protocodec.Name)}
}

type codec struct{ encoding.CodecV2 }

func (c codec) Marshal(v any) (mem.BufferSlice, error) {
	if raw, ok := v.(*Raw); ok {
		return mem.BufferSlice{mem.SliceBuffer(*raw)}, nil
	}
	return c.CodecV2.Marshal(v)
}

func (c codec) Unmarshal(data mem.BufferSlice, v any) error {
	if raw, ok := v.(*Raw); ok {
		*raw = data.Materialize()
		return nil
	}
	return c.CodecV2.Unmarshal(data, v)
}
