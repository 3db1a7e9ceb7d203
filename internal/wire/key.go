package wire

import (
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/egressor/egressor/internal/model"
)

// maxKeyBytes bounds a text that KeyOf takes from a message it does not trust.
const maxKeyBytes = 253

// KeyOf reads the key of an encoded batch and nothing else, as far as it is
// there: an answer can name a batch that cannot be decoded, and a sender can
// match answers without decoding what it sends.
func KeyOf(raw Raw) model.BatchKey {
	var key model.BatchKey
	texts := map[protowire.Number]*string{1: &key.Agent.Cluster, 2: &key.Agent.Node, 3: &key.Boot}
	for len(raw) > 0 {
		number, kind, n := protowire.ConsumeTag(raw)
		if n < 0 {
			return key
		}
		raw = raw[n:]
		if text, ok := texts[number]; ok && kind == protowire.BytesType {
			if value, size := protowire.ConsumeBytes(raw); size >= 0 && len(value) <= maxKeyBytes {
				*text = string(value)
			}
		}
		if number == 4 && kind == protowire.VarintType {
			if value, size := protowire.ConsumeVarint(raw); size >= 0 {
				key.Sequence = value
			}
		}
		if n = protowire.ConsumeFieldValue(number, kind, raw); n < 0 {
			return key
		}
		raw = raw[n:]
	}
	return key
}
