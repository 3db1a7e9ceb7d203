package clickhouse_test

import (
	"math"
	"math/big"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/egressor/egressor/internal/clickhouse/clickhousetest"
)

type everyType struct {
	U8    uint8             `ch:"u8"`
	U16   uint16            `ch:"u16"`
	U32   uint32            `ch:"u32"`
	U64   uint64            `ch:"u64"`
	I64   int64             `ch:"i64"`
	I128  *big.Int          `ch:"i128"`
	Text  string            `ch:"text"`
	Low   string            `ch:"low"`
	Fixed string            `ch:"fixed"`
	At    time.Time         `ch:"at"`
	Addr  netip.Addr        `ch:"addr"`
	Words []string          `ch:"words"`
	Nums  []uint64          `ch:"nums"`
	Pairs map[string]string `ch:"pairs"`
	Maybe *uint64           `ch:"maybe"`
}

func TestEveryTypeRoundTrips(t *testing.T) {
	db := clickhousetest.Open(t)
	do(t, db, `CREATE TABLE every (u8 UInt8, u16 UInt16, u32 UInt32, u64 UInt64, i64 Int64, i128 Int128,
		text String, low LowCardinality(String), fixed FixedString(32), at DateTime64(9, 'UTC'), addr IPv6,
		words Array(String), nums Array(UInt64), pairs Map(String, String), maybe Nullable(UInt64))
		ENGINE = MergeTree ORDER BY u8`)
	huge, _ := new(big.Int).SetString("-170141183460469231731687303715884105728", 10)
	seven := uint64(7)
	want := []everyType{
		{
			U8: 0, I128: big.NewInt(0), Fixed: string(make([]byte, 32)), At: time.Unix(0, 0).UTC(), Addr: netip.IPv6Unspecified(),
			Words: []string{}, Nums: []uint64{}, Pairs: map[string]string{},
		},
		{
			U8: math.MaxUint8, U16: math.MaxUint16, U32: math.MaxUint32, U64: math.MaxUint64, I64: math.MinInt64, I128: huge,
			Text: "a'b\t\\ \x00 ü", Low: "pod-1", Fixed: "0123456789abcdef0123456789abcdef",
			At: time.Date(2026, 11, 23, 10, 4, 5, 123456789, time.UTC), Addr: netip.MustParseAddr("::ffff:10.244.1.7"),
			Words: []string{"", "x"}, Nums: []uint64{1, math.MaxUint64}, Pairs: map[string]string{"team": "shop"}, Maybe: &seven,
		},
	}
	batch, err := db.PrepareBatch(t.Context(), "INSERT INTO every")
	check(t, err)
	for i := range want {
		check(t, batch.AppendStruct(&want[i]))
	}
	check(t, batch.Send())

	var got []everyType
	check(t, db.Select(t.Context(), &got, "SELECT * FROM every ORDER BY u8"))
	compare := cmp.Options{
		cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 }),
		cmp.Comparer(func(a, b netip.Addr) bool { return a == b }),
	}
	if diff := cmp.Diff(want, got, compare); diff != "" {
		t.Errorf("rows differ (-sent +read):\n%s", diff)
	}
}
