package curtest

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// The start of the month, and its accounts: one pays for both.
var monthStart = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// The month's two accounts: Payer pays for itself and for Other.
const (
	Payer = "111111111111"
	Other = "222222222222"
)

const (
	days         = 30
	perRegion    = 20 // machines
	zonesInEach  = 3
	missingHost  = "i-0deadbeef00000001"
	databaseARN  = "arn:aws:rds:us-west-2:111111111111:db:orders"
	bucketRegion = "us-west-2"
)

var zonePrefix = map[string]string{"us-east-1": "use1", "us-west-2": "usw2", "eu-west-1": "euw1"}

// workload runs on one machine of one zone.
type workload struct {
	region, zone, account, host string
}

// move is one transfer of the month.
type move struct {
	at       time.Time
	from, to workload
	kind     kind
	bytes    uint64
}

// kind is how bytes travel.
type kind int

const (
	sameZone kind = iota
	otherZone
	peered
	publicAddress
	internetOut
	internetOutNAT // through a gateway in another zone
	internetInNAT  // through a gateway in the same zone
	internetIn
	s3NAT
	s3Endpoint
	s3Gateway
	otherRegion
	transitGateway
	database // in another zone; only the client's side is billed
	kinds
)

func workloads(count int) []workload {
	all := make([]workload, count)
	for i := range all {
		region, account := "us-east-1", Payer
		switch i % 10 {
		case 7, 8:
			region = "us-west-2"
		case 9:
			region, account = "eu-west-1", Other
		}
		machine := (i / 10) % perRegion
		all[i] = workload{
			region: region, account: account,
			zone: fmt.Sprintf("%s-az%d", zonePrefix[region], machine%zonesInEach+1),
			host: fmt.Sprintf("i-0%s%08d", zonePrefix[region], machine),
		}
	}
	return all
}

// traffic is a month of moves in time's order. The first hour uses up the free
// bytes in one region alone: AWS does not say in which order machines and
// regions get them within an hour.
func traffic(count int, random *rand.Rand) []move {
	all := workloads(count)
	moves := []move{
		{monthStart, all[0], all[0], internetOut, 130 * gb},
		{monthStart.Add(7 * time.Minute), all[0], inOtherZone(all, all[0], random), otherZone, 2 * gb},
	}
	for day := range days {
		for hour := range 24 {
			if day == 0 && hour == 0 {
				continue
			}
			for i := range all {
				if random.IntN(24) != 0 { // each workload moves something every day
					continue
				}
				at := monthStart.Add(time.Duration(day*24+hour)*time.Hour + time.Duration(random.IntN(60))*time.Minute)
				moves = append(moves, anyMove(all, all[i], at, random)...)
			}
		}
	}
	return moves
}

func anyMove(all []workload, from workload, at time.Time, random *rand.Rand) []move {
	m := move{at: at, from: from, to: from, kind: kind(random.IntN(int(kinds))), bytes: random.Uint64N(12 * gb)}
	switch m.kind {
	case otherZone, peered, publicAddress:
		m.to = inOtherZone(all, from, random)
		back := m
		back.from, back.to, back.bytes = m.to, m.from, m.bytes/7
		return []move{m, back}
	case otherRegion:
		for m.to.region == from.region {
			m.to = all[random.IntN(len(all))]
		}
	case transitGateway, s3Endpoint:
		if from.region != "us-east-1" {
			m.kind = sameZone // prices of these are known for one region
			break
		}
		m.to = inOtherZone(all, from, random)
	default: // the other kinds go nowhere else
	}
	return []move{m}
}

func inOtherZone(all []workload, from workload, random *rand.Rand) workload {
	for {
		if to := all[random.IntN(len(all))]; to.region == from.region && to.zone != from.zone {
			return to
		}
	}
}
