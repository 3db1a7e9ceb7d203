package whatif

import "strconv"

// humanBytes is a count in the largest binary unit that it fills, to one place.
func humanBytes(n uint64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"}
	const step, places = 1024, 10
	unit, divisor := 0, uint64(1)
	for n/divisor >= step && unit < len(units)-1 {
		unit++
		divisor *= step
	}
	whole := n / divisor
	tenth := (n % divisor) / ((divisor + places - 1) / places)
	if unit == 0 || tenth == 0 {
		return strconv.FormatUint(whole, 10) + " " + units[unit]
	}
	return strconv.FormatUint(whole, 10) + "." + strconv.FormatUint(tenth, 10) + " " + units[unit]
}
