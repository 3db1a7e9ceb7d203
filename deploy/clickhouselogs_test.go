package deploy

import (
	"bytes"
	"encoding/xml"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/egressor/egressor/internal/clickhouse/embedded"
	"github.com/egressor/egressor/internal/testkit"
)

// systemLogs is the configuration that bounds ClickHouse's own logs.
const systemLogs = "docker/clickhouse/system-logs.xml"

// serverLog is how the engine names its log tables where it documents them.
var serverLog = regexp.MustCompile(`^system\.([a-z_0-9]+_log)\b`)

// Every log that the engine can keep is off or has an end, whatever a newer engine
// adds: the names are the library's own.
func TestClickHouseLogsAreBounded(t *testing.T) {
	bounded := boundedLogs(t)
	for name, ok := range bounded {
		if !ok {
			t.Errorf("%s is neither removed nor has a ttl", name)
		}
	}
	path, err := embedded.FindLibrary("")
	testkit.Require(t, "clickhouse", err)
	library, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for at := 0; ; {
		found := bytes.Index(library[at:], []byte("system."))
		if found < 0 {
			break
		}
		at += found
		if name := serverLog.FindSubmatch(library[at:min(at+64, len(library))]); name != nil {
			known[string(name[1])] = true
		}
		at++
	}
	for name := range known {
		if _, there := bounded[name]; !there {
			t.Errorf("the engine knows the log %s, which %s does not bound", name, systemLogs)
		}
	}
	if len(known) < 15 {
		t.Errorf("found %d names of logs in the engine: the test proves nothing", len(known))
	}
	compose, err := os.ReadFile("docker-compose.dev.yml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(compose), "./"+systemLogs+":/etc/clickhouse-server/config.d/") {
		t.Errorf("docker-compose.dev.yml does not mount %s", systemLogs)
	}
}

// boundedLogs are the logs that the configuration names, and whether each is bounded.
func boundedLogs(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(systemLogs)
	if err != nil {
		t.Fatal(err)
	}
	var settings struct {
		Logs []struct {
			XMLName xml.Name
			Remove  string `xml:"remove,attr"`
			TTL     string `xml:"ttl"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(text, &settings); err != nil {
		t.Fatal(err)
	}
	bounded := map[string]bool{}
	for _, log := range settings.Logs {
		bounded[log.XMLName.Local] = log.Remove == "1" || strings.HasSuffix(log.TTL, " DAY DELETE")
	}
	return bounded
}
