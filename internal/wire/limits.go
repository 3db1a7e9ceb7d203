package wire

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// Limits of one encoded batch. A protobuf message can hold entries of two bytes
// that take a hundred in memory; with these counts no message takes more than
// about ten times its own length or a few MiB, whichever is more.
const (
	MaxBatchBytes = 16 << 20
	// MaxFlows is the most flow rows of one batch. Agents cut far below.
	MaxFlows = 200_000
	// MaxFacts and MaxDictionary bound the facts and each dictionary.
	MaxFacts      = 20_000
	MaxDictionary = 3*MaxFlows + 1
)

// Field numbers of Batch in egressor.proto that hold many entries.
const (
	fieldStrings   protowire.Number = 8
	fieldAddresses protowire.Number = 9
	fieldFacts     protowire.Number = 12
)

// checkLimits walks the outermost fields, without keeping anything.
func checkLimits(data []byte) error {
	if len(data) > MaxBatchBytes {
		return fmt.Errorf("message of %d bytes, the limit is %d: cut batches smaller", len(data), MaxBatchBytes)
	}
	left := map[protowire.Number]int{fieldStrings: MaxDictionary, fieldAddresses: MaxDictionary, fieldFacts: MaxFacts}
	for len(data) > 0 {
		number, _, length := protowire.ConsumeField(data)
		if length < 0 {
			return fmt.Errorf("not a protobuf message: %w", protowire.ParseError(length))
		}
		if limit, ok := left[number]; ok {
			if limit == 0 {
				return fmt.Errorf("too many entries of field %d: cut batches smaller", number)
			}
			left[number] = limit - 1
		}
		data = data[length:]
	}
	return nil
}
