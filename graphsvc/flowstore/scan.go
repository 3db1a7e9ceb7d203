package flowstore

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/egressor/egressor/internal/clickhouse"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

func scanVersion(rows clickhouse.Rows) (model.GraphVersion, error) {
	var v model.GraphVersion
	var kind, inputs, input, facts, book, content, previous, digest string
	var from, to uint32
	var atoms big.Int
	t := &v.Totals
	err := rows.Scan(&v.Number, &kind, &from, &to, &inputs, &input, &v.FactsRecordedThrough, &facts,
		&v.PriceBook, &book, &v.Currency, &v.PricingMode, &v.CodeVersion, &content, &previous, &digest, &t.Edges, &t.Nodes,
		&t.Sent.WireBytes, &t.Sent.PayloadBytes, &t.Sent.Packets, &t.Sent.RetransmittedPackets,
		&t.UnknownBytes, &t.UnpricedBytes, &atoms, &v.CommittedAt)
	if err != nil {
		return v, err
	}
	v.Kind, v.From, v.To = model.VersionKind(kind), model.Minute(from), model.Minute(to)
	v.InputDigest, v.FactsDigest, v.PriceBookDigest = model.Digest(input), model.Digest(facts), model.Digest(book)
	v.ContentDigest, v.Previous, v.Digest = model.Digest(content), model.Digest(previous), model.Digest(digest)
	v.FactsRecordedThrough, v.CommittedAt = v.FactsRecordedThrough.UTC(), v.CommittedAt.UTC()
	if t.Cost, err = money.FromBigInt(&atoms); err != nil {
		return v, fmt.Errorf("the cost of version %d: %w", v.Number, err)
	}
	if err := json.Unmarshal([]byte(inputs), &v.Inputs); err != nil {
		return v, fmt.Errorf("the stored inputs of version %d are not JSON: %w", v.Number, err)
	}
	return v, nil
}
