package billfile_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/egressor/egressor/costsvc/bill"
	"github.com/egressor/egressor/costsvc/billfile"
	"github.com/egressor/egressor/costsvc/billfile/billtest"
)

const cur = `line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_usage_type,line_item_operation,line_item_usage_amount,pricing_unit,line_item_currency_code,line_item_unblended_cost,line_item_resource_id
1,Usage,2026-11-10T03:00:00Z,AmazonEC2,EUC1-DataTransfer-Regional-Bytes,InterZone-Out,0.0000175368,GB,USD,0.0000003508,i-1
1,EdpDiscount,2026-11-10T05:00:00Z,AmazonEC2,EUC1-DataTransfer-Regional-Bytes,InterZone-Out,,,USD,-0.0018,
`

var curTypes = billtest.Types{
	Doubles: []string{"line_item_usage_amount", "line_item_unblended_cost"}, Times: []string{"line_item_usage_start_date"},
}

func save(t *testing.T, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bill")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func packed(t *testing.T, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	if _, err := zip.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rows reads a table whole, each row by column, without what is empty.
func rows(t bill.Table) (all []map[string]string, err error) {
	for {
		_, fields, err := t.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		row := make(map[string]string)
		for i, name := range t.Columns() {
			if fields[i] != "" {
				row[name] = strings.Clone(fields[i])
			}
		}
		all = append(all, row)
	}
}

func readFile(t *testing.T, text []byte) []map[string]string {
	t.Helper()
	file, err := billfile.Open(save(t, text))
	if err != nil {
		t.Fatal(err)
	}
	all, err := rows(file)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestCSVAndParquetSayTheSame, packed or not, to the last digit.
func TestCSVAndParquetSayTheSame(t *testing.T) {
	want := readFile(t, []byte(cur))
	if len(want) != 2 || want[0]["line_item_usage_amount"] != "0.0000175368" {
		t.Fatalf("rows %v", want)
	}
	table, err := billtest.Parquet(cur, curTypes)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"gzip": packed(t, []byte(cur)), "parquet": table} {
		if diff := cmp.Diff(want, readFile(t, text)); diff != "" {
			t.Errorf("%s (-csv +got):\n%s", name, diff)
		}
	}
}

func TestJSONLinesAreFlattened(t *testing.T) {
	got := readFile(t, []byte(`
{"billing_account_id":"b","service":{"id":"1","description":"Compute Engine"},"sku":{"description":"Network Inter Zone Data Transfer Out"},"usage_start_time":"2026-11-10 03:00:00 UTC","project":{"id":"p","labels":[]},"location":{"region":"us-central1","zone":null},"cost":0.0100000000000000002,"currency":"USD","usage":{"amount":1073741824,"unit":"bytes","pricing_unit":"gibibyte"},"credits":[{"name":"c","amount":-0.001}],"invoice":{"month":"202611"},"cost_type":"regular"}
{"usage_start_time":"2026-11-10 04:00:00 UTC","cost":0,"currency":"USD","sku":{"description":"x"}}
`))
	want := []map[string]string{
		{
			"project.id": "p", "usage_start_time": "2026-11-10 03:00:00 UTC", "usage.amount": "1073741824", "usage.unit": "bytes", "cost": "0.0100000000000000002",
			"currency": "USD", "cost_type": "regular", "service.description": "Compute Engine", "sku.description": "Network Inter Zone Data Transfer Out",
			"location.region": "us-central1", "credits": `[{"name":"c","amount":-0.001}]`, "invoice.month": "202611",
		},
		{"usage_start_time": "2026-11-10 04:00:00 UTC", "cost": "0", "currency": "USD", "sku.description": "x"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestParquetOfGoogleCloud has groups, and a list of groups for the credits.
func TestParquetOfGoogleCloud(t *testing.T) {
	type creditRow struct {
		Name   string  `parquet:"name,optional"`
		Type   string  `parquet:"type,optional"`
		Amount float64 `parquet:"amount,optional"`
	}
	type row struct {
		SKU struct {
			Description string `parquet:"description,optional"`
		} `parquet:"sku,optional"`
		Cost    float64     `parquet:"cost,optional"`
		Tags    []string    `parquet:"tags"`
		Credits []creditRow `parquet:"credits,list"`
	}
	first := row{Cost: 0.01, Tags: []string{"a", "b"}, Credits: []creditRow{{"one", "DISCOUNT", -0.001}, {"two", "", -0.002}}}
	first.SKU.Description = "Network Inter Zone Data Transfer Out"
	var out bytes.Buffer
	writer := parquet.NewGenericWriter[row](&out)
	if _, err := writer.Write([]row{first, {Cost: 1}}); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	got := readFile(t, out.Bytes())
	want := []map[string]string{
		{"sku.description": "Network Inter Zone Data Transfer Out", "cost": "0.01", "credits": `[{"amount":-0.001,"name":"one","type":"DISCOUNT"},{"amount":-0.002,"name":"two"}]`},
		{"cost": "1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestParquetTypes are those that exports write numbers, times and texts in.
func TestParquetTypes(t *testing.T) {
	type row struct {
		Small   int32   `parquet:"small,decimal(2:9)"`
		Large   int64   `parquet:"large,decimal(10:18)"`
		Bytes   [9]byte `parquet:"bytes,decimal(4:20)"`
		Millis  int64   `parquet:"millis,timestamp(millisecond)"`
		Micros  int64   `parquet:"micros,timestamp(microsecond)"`
		Nanos   int64   `parquet:"nanos,timestamp(nanosecond)"`
		Day     int32   `parquet:"day,date"`
		Flag    bool    `parquet:"flag"`
		Single  float32 `parquet:"single"`
		Integer int64   `parquet:"integer"`
	}
	const at = 1_793_847_600 // 2026-11-05T03:00:00Z
	one := row{Small: -5, Large: 12_345_678_901, Millis: at * 1e3, Micros: at * 1e6, Nanos: at * 1e9, Day: at / 86400, Flag: true, Single: 0.1, Integer: -7}
	for i := range one.Bytes {
		one.Bytes[i] = 0xff // -1
	}
	var out bytes.Buffer
	writer := parquet.NewGenericWriter[row](&out)
	if _, err := writer.Write([]row{one}); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	want := []map[string]string{{
		"small": "-0.05", "large": "1.2345678901", "bytes": "-0.0001", "millis": "2026-11-05T03:00:00Z", "micros": "2026-11-05T03:00:00Z",
		"nanos": "2026-11-05T03:00:00Z", "day": "2026-11-05", "flag": "true", "single": "0.1", "integer": "-7",
	}}
	if diff := cmp.Diff(want, readFile(t, out.Bytes())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestBrokenFilesAreRefused with what is wrong and where.
func TestBrokenFilesAreRefused(t *testing.T) {
	whole, err := billtest.Parquet(cur, curTypes)
	if err != nil {
		t.Fatal(err)
	}
	const gcp = `{"usage_start_time":"2026-11-10 04:00:00 UTC","cost":0,"currency":"USD","sku":{"description":"x"}}` + "\n"
	damaged := bytes.Clone(whole)
	for i := 4; i < len(damaged)/2; i++ {
		damaged[i] = 0xff
	}
	for name, c := range map[string]struct {
		text []byte
		want string
	}{
		"empty":             {nil, `row 1: the file is empty`},
		"spaces":            {[]byte(" \n"), `row 1: the file is empty`},
		"truncated parquet": {whole[:len(whole)-9], `not a whole Parquet file`},
		"half a parquet":    {whole[:len(whole)/2], `not a whole Parquet file`},
		"footer too long":   {[]byte("PAR1 PAR1PAR1"), `it does not end as one`},
		"parquet of 8":      {[]byte("PAR1PAR1"), `not a whole Parquet file: it has 8 bytes`},
		"damaged parquet":   {damaged, `row 1: the Parquet file is damaged`},
		"truncated gzip":    {packed(t, []byte(strings.Repeat(cur, 50)))[:60], `unexpected EOF`},
		"JSON":              {[]byte(gcp + "{\"cost\":"), `row 2: want one JSON object a line`},
		"JSON list":         {[]byte(gcp + "[1]"), `row 2: want one JSON object a line`},
		"JSON column":       {[]byte(gcp + strings.Replace(gcp, `"cost":0,`, "", 1)), `row 2, column cost: it is missing`},
		"JSON object":       {[]byte(gcp + strings.Replace(gcp, `"cost":0,`, `"cost":{},`, 1)), `row 2: cost: an object where a value belongs`},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := billfile.Open(save(t, c.text))
			if err == nil {
				_, err = rows(file)
				err = errors.Join(err, file.Close())
			}
			if err == nil || !regexp.MustCompile(c.want).MatchString(err.Error()) {
				t.Fatalf("error %v, want one that matches %s", err, c.want)
			}
		})
	}
}

// FuzzParquet: whatever the bytes, rows or an error, and no panic.
func FuzzParquet(f *testing.F) {
	whole, err := billtest.Parquet(cur, curTypes)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-5])
	f.Add([]byte("PAR1PAR1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<20 {
			return
		}
		table, err := billfile.Parquet(bytes.NewReader(text), int64(len(text)))
		if (table == nil) == (err == nil) {
			t.Fatalf("table %v and error %v", table, err)
		}
		if err == nil {
			checkRows(t, table)
		}
	})
}

// FuzzText: CSV or JSON lines.
func FuzzText(f *testing.F) {
	f.Add([]byte(cur))
	f.Add([]byte(`{"usage_start_time":"2026-11-10 04:00:00 UTC","cost":0,"currency":"USD","sku":{"description":"x"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := billfile.Text(bytes.NewReader(text))
		if (table == nil) == (err == nil) {
			t.Fatalf("table %v and error %v", table, err)
		}
		if err == nil {
			checkRows(t, table)
		}
	})
}

func checkRows(t *testing.T, table bill.Table) {
	t.Helper()
	for range 10_000 {
		row, fields, err := table.Next()
		if err != nil {
			return
		}
		if row <= 0 || len(fields) != len(table.Columns()) {
			t.Fatalf("row %d has %d fields of %d", row, len(fields), len(table.Columns()))
		}
	}
}
