package incidentbench

import (
	"github.com/egressor/egressor/graphsvc/baseline"
	"github.com/egressor/egressor/graphsvc/diagnosis"
	"github.com/egressor/egressor/internal/incidentgen"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// kept are minutes in little memory: an edge's key once, its counts each minute.
type kept struct {
	index   map[model.EdgeID]uint32
	keys    []model.EdgeKey
	minutes [][]counts
}

// counts are an edge's minute.
type counts struct {
	edge                               uint32
	bytes, connections, packets, again uint64
	cost                               money.Amount
}

func (k *kept) take(t *incidentgen.Traffic) {
	if k.index == nil {
		k.index = map[model.EdgeID]uint32{}
	}
	minute := make([]counts, len(t.Edges))
	for i := range t.Edges {
		edge := &t.Edges[i]
		at, known := k.index[t.IDs[i]]
		if !known {
			at = uint32(len(k.keys))
			k.index[t.IDs[i]] = at
			k.keys = append(k.keys, edge.Key)
		}
		minute[i] = counts{at, edge.Sent.WireBytes, edge.Connections, edge.Sent.Packets, edge.Sent.RetransmittedPackets, edge.Cost}
	}
	k.minutes = append(k.minutes, minute)
}

// period sums the minutes of [from, to) up by edge.
func (k *kept) period(first, from, to model.Minute) (diagnosis.Period, error) {
	period := diagnosis.Period{From: from, To: to, Book: "book", Minutes: uint64(to - from)}
	cells := make([]diagnosis.Cell, len(k.keys))
	for _, minute := range k.minutes[from-first : to-first] {
		for i := range minute {
			c := &minute[i]
			cell := &cells[c.edge]
			cell.Bytes += c.bytes
			cell.Connections += c.connections
			cell.Packets += c.packets
			cell.Retransmitted += c.again
			var err error
			if cell.Cost, err = cell.Cost.Add(c.cost); err != nil {
				return period, err
			}
		}
	}
	for i := range cells {
		if cells[i].Bytes > 0 {
			cells[i].Key, cells[i].List = k.keys[i], cells[i].Cost
			period.Cells = append(period.Cells, cells[i])
		}
	}
	return period, nil
}

// series are each flow's cost by minute, in nano-units.
func (k *kept) series() ([]baseline.Flow, [][]float64) {
	at := map[baseline.Flow]int{}
	var flows []baseline.Flow
	var series [][]float64
	flowOf := make([]int, len(k.keys))
	for i := range k.keys {
		flow := baseline.FlowOf(&k.keys[i])
		n, known := at[flow]
		if !known {
			n = len(flows)
			at[flow] = n
			flows, series = append(flows, flow), append(series, make([]float64, len(k.minutes)))
		}
		flowOf[i] = n
	}
	for m, minute := range k.minutes {
		for i := range minute {
			series[flowOf[minute[i].edge]][m] += inNano(minute[i].cost)
		}
	}
	return flows, series
}
