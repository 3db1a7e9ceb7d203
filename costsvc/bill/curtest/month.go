package curtest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
)

// Month says what month to make.
type Month struct {
	Workloads int
	Seed      uint64
	// DiscountPercent is taken off NAT gateways and the internet; 0 is none.
	DiscountPercent int64
	// MissingHost adds a machine to the bill that runs no agent, ManagedService a
	// database that replicates between zones.
	MissingHost, ManagedService bool
}

// What MissingHost and ManagedService put on the bill, each day.
const (
	MissingHostID      = missingHost
	MissingHostPerDay  = 40 * gb
	ManagedServiceName = "AmazonRDS"
	ManagedPerDay      = 15 * gb
)

// Write writes the month: what agents counted, as transfers for `egressor
// price`; the bill, as a CUR 2.0; the ids of the machines that run an agent.
func (m Month) Write(transfers, cur, hosts io.Writer) error {
	moves := traffic(m.Workloads, rand.New(rand.NewPCG(m.Seed, 1)))
	billed, machines := make(meter), make(map[string]bool)
	out := bufio.NewWriter(transfers)
	encode := json.NewEncoder(out)
	for i := range moves {
		billed.move(&moves[i])
		machines[moves[i].from.host], machines[moves[i].to.host] = true, true
		if err := encode.Encode(transferOf(i, &moves[i])); err != nil {
			return err
		}
	}
	m.outOfSight(billed)
	var discount *big.Rat
	if m.DiscountPercent != 0 {
		discount = big.NewRat(m.DiscountPercent, 100)
	}
	if err := writeCUR(cur, billed, discount); err != nil {
		return err
	}
	for _, host := range slices.Sorted(maps.Keys(machines)) {
		if _, err := fmt.Fprintf(hosts, "aws:///zone/%s\n", host); err != nil {
			return err
		}
	}
	return out.Flush()
}

// outOfSight adds what no agent counts, from the second day on.
func (m Month) outOfSight(billed meter) {
	west := workload{region: bucketRegion, account: Payer, host: missingHost}
	for day := 1; day < days; day++ {
		at := monthStart.AddDate(0, 0, day)
		if m.MissingHost {
			billed.add(at, west, "USW2-DataTransfer-Out-Bytes", "RunInstances", "AmazonEC2", west.host, MissingHostPerDay)
		}
		if m.ManagedService {
			billed.add(at, west, "USW2-DataTransfer-Regional-Bytes", "InterZone-Out", ManagedServiceName, databaseARN, ManagedPerDay)
		}
	}
}

type object = map[string]any

// transferOf is the move as docs/formats/pricebook.md writes transfers.
func transferOf(number int, v *move) object {
	from, to := pod(v.from), pod(v.to)
	internet := object{"kind": "internet"}
	s3 := object{"kind": "service", "service": "s3", "region": v.from.region}
	var path []object
	hop := func(kinds ...string) {
		for _, kind := range kinds {
			path = append(path, object{"kind": kind})
		}
	}
	switch v.kind {
	case peered:
		hop("peering")
		to["vpc"] = "vpc-b"
	case publicAddress:
		hop("igw")
		to["public"] = true
	case internetOut:
		to = internet
		hop("igw")
	case internetOutNAT:
		to = internet
		path = []object{{"kind": "nat", "zone": elsewhere(v.from)}, {"kind": "igw"}}
	case internetIn:
		from, to = internet, from
		hop("igw")
	case internetInNAT:
		from, to = internet, from
		path = []object{{"kind": "igw"}, {"kind": "nat", "zone": v.from.zone}}
	case s3NAT: // an answer of S3
		from, to = s3, from
		path = []object{{"kind": "nat", "zone": v.from.zone}}
	case s3Endpoint:
		to = s3
		hop("interface-endpoint")
	case s3Gateway:
		to = s3
		hop("gateway-endpoint")
	case otherRegion:
		hop("peering")
	case transitGateway:
		hop("tgw")
		to["vpc"] = "vpc-b"
	case database:
		to = object{"kind": "service", "service": "rds", "region": v.from.region, "zone": elsewhere(v.from)}
	default: // from pod to pod, with no hop
	}
	return object{"id": fmt.Sprintf("m%d", number), "at": v.at, "from": from, "to": to, "path": path, "bytes": v.bytes}
}

func pod(w workload) object {
	return object{"kind": "pod", "region": w.region, "zone": w.zone, "vpc": "vpc-a", "account": w.account}
}

// elsewhere is another zone of the region.
func elsewhere(w workload) string {
	last := w.zone[len(w.zone)-1]
	return w.zone[:len(w.zone)-1] + string('1'+(last-'1'+1)%zonesInEach)
}
