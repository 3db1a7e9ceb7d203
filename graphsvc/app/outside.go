package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/pflag"

	"github.com/egressor/egressor/graphsvc/cloud/awsapi"
	"github.com/egressor/egressor/graphsvc/cloud/saved"
	"github.com/egressor/egressor/graphsvc/cloud/watch"
	"github.com/egressor/egressor/graphsvc/geoip"
	"github.com/egressor/egressor/graphsvc/hosts"
	"github.com/egressor/egressor/graphsvc/outside"
	"github.com/egressor/egressor/graphsvc/ranges"
	"github.com/egressor/egressor/graphsvc/ranges/published"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/component"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/report"
)

// Outside says from where what is outside the clusters is known, beside the
// endpoint file.
type Outside struct {
	// Cloud are cloud inventories: "aws" for the live API, else files or
	// directories of its saved answers.
	Cloud []string
	// CloudRegions and CloudRoles are what of "aws" is read: every region with
	// one's own credentials, and as each role.
	CloudRegions, CloudRoles []string
	CloudInterval            time.Duration
	// Ranges is "embedded", "none" or a file of `egressor ranges update`.
	Ranges string
	// GeoIP is a file in MaxMind's format, "" for none.
	GeoIP string
}

// Values of Outside.Ranges and Outside.Cloud with a meaning of their own.
const (
	rangesEmbedded = "embedded"
	rangesNone     = "none"
	cloudAWS       = "aws"
)

func defaultOutside() Outside { return Outside{CloudInterval: time.Minute, Ranges: rangesEmbedded} }

// AddFlags defines the settings as flags.
func (o *Outside) AddFlags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&o.Cloud, "cloud", o.Cloud, "cloud inventories: aws reads the API; else files or directories of aws ec2 describe-... --output json")
	flags.StringSliceVar(&o.CloudRegions, "cloud-regions", o.CloudRegions, "regions that --cloud aws reads; empty takes AWS_REGION")
	flags.StringSliceVar(&o.CloudRoles, "cloud-roles", o.CloudRoles, "ARNs of roles in other accounts that --cloud aws reads as well")
	flags.DurationVar(&o.CloudInterval, "cloud-interval", o.CloudInterval, "how often cloud inventories are read")
	flags.StringVar(&o.Ranges, "ranges", o.Ranges, "published address ranges: embedded (newer ones of egressor ranges update first), none, or a file")
	flags.StringVar(&o.GeoIP, "geoip", o.GeoIP, "file in MaxMind's format that names internet addresses by ASN or country")
}

func (o *Outside) check() error {
	if o.CloudInterval < 10*time.Second || o.CloudInterval > 24*time.Hour {
		return fmt.Errorf("--cloud-interval %s: want 10s to 24h", o.CloudInterval)
	}
	if live := slices.Contains(o.Cloud, cloudAWS); !live && len(o.CloudRegions)+len(o.CloudRoles) > 0 {
		return errors.New("--cloud-regions and --cloud-roles say what --cloud aws reads, which is not given")
	} else if live && len(o.regions()) == 0 {
		return errors.New("--cloud aws needs to know which regions: give --cloud-regions, or set AWS_REGION")
	}
	return nil
}

func (o *Outside) regions() []string {
	if len(o.CloudRegions) > 0 {
		return o.CloudRegions
	}
	for _, variable := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if region := os.Getenv(variable); region != "" {
			return []string{region}
		}
	}
	return nil
}

// CloudSources are the cloud inventories to read.
func (o *Outside) CloudSources(ctx context.Context) ([]watch.Source, error) {
	var sources []watch.Source
	for _, given := range o.Cloud {
		if given == cloudAWS {
			live, err := o.awsSources(ctx)
			if err != nil {
				return nil, err
			}
			sources = append(sources, live...)
			continue
		}
		files, err := saved.Sources(given)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			sources = append(sources, file)
		}
	}
	return sources, nil
}

func (o *Outside) awsSources(ctx context.Context) ([]watch.Source, error) {
	var sources []watch.Source
	for _, region := range o.regions() {
		for _, role := range append([]string{""}, o.CloudRoles...) {
			reader, err := awsapi.New(ctx, awsapi.Config{Region: region, Role: role})
			if err != nil {
				return nil, err
			}
			sources = append(sources, reader)
		}
	}
	return sources, nil
}

// RangesFile is where `egressor ranges update` keeps what it read.
func RangesFile(dataDir string) string { return filepath.Join(dataDir, "ranges.txt.gz") }

// RangesTable is the table of published ranges that a setting names, nil for none.
func RangesTable(setting, dataDir string) (*ranges.Table, error) {
	switch setting {
	case rangesNone, "":
		return nil, nil
	case rangesEmbedded:
		table, err := published.Embedded()
		if err != nil {
			return nil, err
		}
		updated, err := published.Load(RangesFile(dataDir))
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) { // the stores say what is wrong with the directory
			return table, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w; or remove the file: the ranges of the build serve as well", err)
		}
		return table.Merge(updated), nil
	default:
		return published.Load(setting)
	}
}

// newCloudWatch wires the watch of cloud inventories.
func newCloudWatch(config Config, stores *Stores, reporter *report.Reporter) (*watch.Watcher, error) {
	sources, err := config.Outside.CloudSources(context.Background())
	if err != nil {
		return nil, err
	}
	return watch.New(sources, stores.Flows, clock.System{}, config.Outside.CloudInterval, reporter.Log("cloud"), reporter.Registry()), nil
}

// newHosts wires the watch of endpoints that are known by DNS names. Only files have
// such.
func newHosts(config Config, stores *Stores, reporter *report.Reporter) component.Component {
	if config.Inventory == "" && config.Endpoints == "" {
		return component.Together{}
	}
	return hosts.New(stores.Flows, net.DefaultResolver, clock.System{}, reporter.Log("hosts"), reporter.Registry())
}

// newNames wires what names outside addresses when they are first seen.
func newNames(config Config, stores *Stores) (*outside.Recorder, error) {
	var finders []outside.Finder
	var standing []model.Fact
	table, err := RangesTable(config.Outside.Ranges, config.DataDir)
	if err != nil {
		return nil, err
	}
	if table != nil {
		finders, standing = append(finders, ranges.Named{Table: table}), append(standing, ranges.Internet())
	}
	if config.Outside.GeoIP != "" {
		file, err := geoip.Open(config.Outside.GeoIP)
		if err != nil {
			return nil, err
		}
		finders = append(finders, file)
	}
	return outside.New(stores.Flows, clock.System{}, standing, finders...), nil
}
