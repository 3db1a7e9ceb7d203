package proof

import "unicode"

// units are the words and signs that make a number another figure than the bare
// number, in lower case, each with its one spelling.
var units = map[string]string{
	"b": "B", "byte": "B", "bytes": "B",
	"kib": "KiB", "kibibyte": "KiB", "kibibytes": "KiB",
	"mib": "MiB", "mebibyte": "MiB", "mebibytes": "MiB",
	"gib": "GiB", "gibibyte": "GiB", "gibibytes": "GiB",
	"tib": "TiB", "tebibyte": "TiB", "tebibytes": "TiB",
	"pib": "PiB", "pebibyte": "PiB", "pebibytes": "PiB",
	"kb": "KB", "kilobyte": "KB", "kilobytes": "KB",
	"mb": "MB", "megabyte": "MB", "megabytes": "MB",
	"gb": "GB", "gigabyte": "GB", "gigabytes": "GB",
	"tb": "TB", "terabyte": "TB", "terabytes": "TB",
	"pb": "PB", "petabyte": "PB", "petabytes": "PB",
	"kbps": "kbit/s", "mbps": "Mbit/s", "gbps": "Gbit/s", "kbit": "kbit", "mbit": "Mbit", "gbit": "Gbit",

	"$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "cent": "cent", "cents": "cent",
	"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP",

	"µs": "µs", "us": "µs", "microsecond": "µs", "microseconds": "µs",
	"ms": "ms", "millisecond": "ms", "milliseconds": "ms",
	"s": "s", "sec": "s", "second": "s", "seconds": "s",
	"min": "min", "mins": "min", "minute": "min", "minutes": "min",
	"h": "h", "hour": "h", "hours": "h", "d": "d", "day": "d", "days": "d",
	"week": "week", "weeks": "week", "month": "month", "months": "month", "year": "year", "years": "year",

	"%": "%", "percent": "%", "pct": "%",
	"x": "x", "×": "x", "times": "x", "fold": "x",
	"k": "k", "thousand": "k", "m": "M", "million": "M", "bn": "G", "billion": "G",
}

func isDigit(letter rune) bool { return unicode.Is(unicode.Nd, letter) }
