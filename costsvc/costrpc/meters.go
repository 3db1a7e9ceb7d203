package costrpc

import (
	"fmt"

	"github.com/egressor/egressor/costsvc/costpb"
	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
)

func metersFrom(messages []*costpb.Meter) (pricing.Meters, error) {
	meters := make(pricing.Meters, len(messages))
	for _, m := range messages {
		pool, err := poolFrom(m)
		if err != nil {
			return nil, err
		}
		meters[pool] = m.GetBytes()
	}
	return meters, nil
}

func poolFrom(m *costpb.Meter) (pricing.Pool, error) {
	fee, ok := transferclass.ParseFee(m.GetFee())
	if !ok {
		return pricing.Pool{}, fmt.Errorf("meter of fee %q: there is no such fee", m.GetFee())
	}
	return pricing.Pool{Account: m.GetAccount(), Fee: fee, Region: m.GetRegion(), To: m.GetTo()}, nil
}

func meterMessage(pool *pricing.Pool, bytes uint64) *costpb.Meter {
	return &costpb.Meter{Account: pool.Account, Fee: pool.Fee.String(), Region: pool.Region, To: pool.To, Bytes: bytes}
}

func meterMessages(meters pricing.Meters) []*costpb.Meter {
	messages := make([]*costpb.Meter, 0, len(meters))
	for pool, bytes := range meters {
		messages = append(messages, meterMessage(&pool, bytes))
	}
	return messages
}

func useMessages(uses []pricing.MeterUse) []*costpb.MeterUse {
	messages := make([]*costpb.MeterUse, len(uses))
	for i := range uses {
		use := &uses[i]
		messages[i] = &costpb.MeterUse{
			Pool: meterMessage(&use.Pool, use.BeforeBytes), Bytes: use.Bytes, SameFromBytes: use.SameFromBytes, SameThroughBytes: use.SameThroughBytes,
		}
	}
	return messages
}

func usesFrom(messages []*costpb.MeterUse) ([]pricing.MeterUse, error) {
	var uses []pricing.MeterUse
	for _, m := range messages {
		pool, err := poolFrom(m.GetPool())
		if err != nil {
			return nil, err
		}
		uses = append(uses, pricing.MeterUse{
			Pool: pool, BeforeBytes: m.GetPool().GetBytes(), Bytes: m.GetBytes(), SameFromBytes: m.GetSameFromBytes(), SameThroughBytes: m.GetSameThroughBytes(),
		})
	}
	return uses, nil
}
