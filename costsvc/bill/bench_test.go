package bill

import (
	"strings"
	"testing"
)

// BenchmarkRead reads rows of an AWS CUR 2.0 as CSV: those about transfers, and as
// many about machines, which are most of a real bill.
func BenchmarkRead(b *testing.B) {
	lines := strings.SplitAfter(strings.TrimSpace(cur), "\n")
	const rows = 20_000
	var text strings.Builder
	text.WriteString(lines[0])
	for range rows / 2 {
		text.WriteString(lines[1])
		text.WriteString("1,Usage,2026-11-10T03:00:00.000Z,AmazonEC2,EUC1-BoxUsage:m7i.large,RunInstances,1,Hrs,USD,0.1008,i-1\n")
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		bill, err := readText(text.String(), "aws")
		if err != nil || bill.Skipped.Rows != rows/2 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}
