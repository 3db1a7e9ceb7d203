// Package disk watches how much of its disk budget the service's data takes,
// and tells before it is used up.
package disk

import "fmt"

// Level is how near the end of the disk is.
type Level int

// Levels.
const (
	Enough Level = iota
	// Low is the alarm: there is time to act.
	Low
	// Out means that what comes in can soon not be stored any more.
	Out
)

// The shares of the budget, in percent, at which the levels begin.
const (
	lowPercent = 80
	outPercent = 97
)

// Usage is what a directory takes and may take, in bytes.
type Usage struct {
	// Used is by the files of the directory, Free what its volume has left.
	Used, Free uint64
	// Budget is what the directory may take: the smaller of the setting and what
	// it could take on its volume.
	Budget uint64
}

// usageOf bounds a budget, 0 for none, by the volume.
func usageOf(used, free, budget uint64) Usage {
	if room := used + free; budget == 0 || budget > room {
		budget = room
	}
	return Usage{Used: used, Free: free, Budget: budget}
}

// Percent is the share of the budget that is used.
func (u Usage) Percent() uint64 {
	if u.Budget == 0 {
		return 100
	}
	return uint64(float64(u.Used) / float64(u.Budget) * 100)
}

// Level is how near the end is.
func (u Usage) Level() Level {
	switch percent := u.Percent(); {
	case percent >= outPercent:
		return Out
	case percent >= lowPercent:
		return Low
	default:
		return Enough
	}
}

// String says how much is used, for people.
func (u Usage) String() string {
	return fmt.Sprintf("%d %% of the %d MiB that the data may take is used, %d MiB are free on its volume", u.Percent(), u.Budget>>20, u.Free>>20)
}
