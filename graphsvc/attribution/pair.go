package attribution

import (
	"slices"

	"github.com/egressor/egressor/internal/model"
)

// pair holds both reports of one transfer in one minute: what the agents on the
// sender's side said, and what those on the receiver's side said.
type pair struct {
	key      pairKey
	sender   []transfer
	receiver []transfer
}

// nearFar are the two ends of a row.
type nearFar struct{ near, far *end }

// pairing is the way to the pairs: first which row belongs to which, and how many
// each has, then the transfers, each at once where it stays.
type pairing struct {
	*resolver
	pairs   []pair
	numbers map[pairKey]int32
	counts  [][2]int32 // per pair: by senders, by receivers
	ends    []nearFar  // per row
	of      []int32    // per transfer, in order of the rows: its pair
	// last is the row before: rows of one conversation tend to follow one another.
	last lastRow
}

// lastRow is what the pairs of a row follow from.
type lastRow struct {
	nearFar
	cluster  string // of the agent
	minute   model.Minute
	port     uint16
	protocol model.Protocol
}

// pairUp brings the reports of each transfer together, in order of the pairs.
// The transfers of all pairs lie in one array, each pair's in a row, senders
// first.
func pairUp(r *resolver) []pair {
	p := pairing{
		resolver: r, numbers: make(map[pairKey]int32, len(r.rows)/8),
		ends: make([]nearFar, len(r.rows)), of: make([]int32, 0, 2*len(r.rows)),
	}
	p.count()
	p.deal()
	slices.SortFunc(p.pairs, func(a, b pair) int { return comparePairs(&a.key, &b.key) })
	return p.pairs
}

// count finds the pair of each transfer.
func (p *pairing) count() {
	var room [2]transfer
	var known [2]int32 // the pairs of the row before, -1 where it had none
	for i := range p.rows {
		row := &p.rows[i].Row
		near, far := p.resolver.ends(p.rows[i].Agent, row, windowSpan(row.WindowStart, row.WindowLength))
		p.ends[i] = nearFar{near, far}
		this := lastRow{p.ends[i], p.rows[i].Agent.Cluster, row.Minute(), row.ServerPort, row.Protocol}
		if this != p.last || far.onHost { // what never left a machine has pairs by role
			p.last, known = this, [2]int32{-1, -1}
		}
		for _, t := range p.appendTransfers(room[:0], i, p.ends[i]) {
			side := boolInt(!t.nearIsFrom)
			if known[side] < 0 {
				known[side] = p.number(t.pair(&p.rows[i]))
			}
			p.of = append(p.of, known[side])
			p.counts[known[side]][side]++
		}
	}
}

func (p *pairing) number(key pairKey) int32 {
	number, known := p.numbers[key]
	if !known {
		number = int32(len(p.pairs))
		p.numbers[key] = number
		p.pairs = append(p.pairs, pair{key: key})
		p.counts = append(p.counts, [2]int32{})
	}
	return number
}

// deal puts each transfer into its pair's part of one array.
func (p *pairing) deal() {
	array := make([]transfer, len(p.of))
	taken := int32(0)
	for i := range p.pairs {
		middle := taken + p.counts[i][0]
		end := middle + p.counts[i][1]
		p.pairs[i].sender = array[taken:taken:middle]
		p.pairs[i].receiver = array[middle:middle:end]
		taken = end
	}
	var room [2]transfer
	next := 0
	for i := range p.rows {
		for _, t := range p.appendTransfers(room[:0], i, p.ends[i]) {
			to := &p.pairs[p.of[next]]
			next++
			if t.nearIsFrom {
				to.sender = append(to.sender, t)
			} else {
				to.receiver = append(to.receiver, t)
			}
		}
	}
}
