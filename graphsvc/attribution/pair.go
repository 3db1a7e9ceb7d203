package attribution

import (
	"slices"
)

// pair holds both reports of one transfer in one minute: what the agents on the
// sender's side said, and what those on the receiver's side said.
type pair struct {
	key      pairKey
	sender   []transfer
	receiver []transfer
}

// pairUp brings the reports of each transfer together, in order of the pairs.
// The transfers of all pairs lie in one array, each pair's in a row, senders
// first.
func pairUp(r *resolver) []pair {
	rows := r.rows
	transfers := make([]transfer, 0, 2*len(rows))
	pairOf := make([]int32, 0, 2*len(rows))
	numbers := make(map[pairKey]int32, len(rows))
	var pairs []pair
	var counts [][2]int32 // per pair: by senders, by receivers
	for i := range rows {
		transfers = r.appendTransfers(transfers, i)
		for n := len(pairOf); n < len(transfers); n++ {
			key := transfers[n].pair(&rows[i])
			number, known := numbers[key]
			if !known {
				number = int32(len(pairs))
				numbers[key] = number
				pairs = append(pairs, pair{key: key})
				counts = append(counts, [2]int32{})
			}
			pairOf = append(pairOf, number)
			counts[number][boolInt(!transfers[n].nearIsFrom)]++
		}
	}
	deal(pairs, counts, pairOf, transfers)
	slices.SortFunc(pairs, func(a, b pair) int { return comparePairs(&a.key, &b.key) })
	return pairs
}

// deal copies each transfer into its pair's part of one array.
func deal(pairs []pair, counts [][2]int32, pairOf []int32, transfers []transfer) {
	array := make([]transfer, len(transfers))
	taken := int32(0)
	for i := range pairs {
		middle := taken + counts[i][0]
		end := middle + counts[i][1]
		pairs[i].sender = array[taken:taken:middle]
		pairs[i].receiver = array[middle:middle:end]
		taken = end
	}
	for n := range transfers {
		p := &pairs[pairOf[n]]
		if transfers[n].nearIsFrom {
			p.sender = append(p.sender, transfers[n])
		} else {
			p.receiver = append(p.receiver, transfers[n])
		}
	}
}
