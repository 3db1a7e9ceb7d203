package awsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"github.com/egressor/egressor/graphsvc/cloud"
)

// Config says what to read. Credentials and endpoints come from where the SDK
// looks for them: environment, shared files, the pod's or the machine's role.
type Config struct {
	Region string
	// Role is the ARN of a role of another account to assume, "" for one's own.
	Role string
}

// Reader reads one account in one region.
type Reader struct {
	config Config
	ec2    *ec2.Client
	elb    *elb.Client
	sts    *sts.Client
	// account is asked for once.
	account string
}

// New returns a reader. It fails where the SDK finds no usable settings; nothing
// is asked of the API yet.
func New(ctx context.Context, config Config) (*Reader, error) {
	settings, err := awsconfig.LoadDefaultConfig(ctx, awsconfig.WithRegion(config.Region))
	if err != nil {
		return nil, fmt.Errorf("settings of the AWS SDK: %w", err)
	}
	if config.Role != "" {
		settings.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(settings), config.Role))
	}
	return &Reader{config: config, ec2: ec2.NewFromConfig(settings), elb: elb.NewFromConfig(settings), sts: sts.NewFromConfig(settings)}, nil
}

// Name is what the reader reads, for messages.
func (r *Reader) Name() string {
	if r.config.Role == "" {
		return "aws " + r.config.Region
	}
	return "aws " + r.config.Region + " as " + r.config.Role
}

// Read reads the whole inventory. It fails as a whole where any call fails for
// another reason than a missing permission: half an inventory would look like a
// change of the network. What may not be read is in Inventory.Denied.
func (r *Reader) Read(ctx context.Context) (*cloud.Inventory, error) {
	if r.account == "" {
		who, err := r.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err != nil {
			return nil, fmt.Errorf("%s: asking whose credentials these are: %w", r.Name(), err)
		}
		r.account = aws.ToString(who.Account)
	}
	inv := cloud.NewInventory(cloud.Scope{Provider: "aws", Account: r.account, Region: r.config.Region})
	for _, c := range append(r.calls(), r.loadBalancers()) {
		if err := r.make(ctx, inv, c); err != nil {
			return nil, err
		}
	}
	// These are known only now.
	for _, table := range inv.TransitRouteTables() {
		if err := r.make(ctx, inv, r.transitRoutes(table)); err != nil {
			return nil, err
		}
	}
	for _, list := range inv.OpenPrefixLists() {
		if err := r.make(ctx, inv, r.prefixEntries(list)); err != nil {
			return nil, err
		}
	}
	return inv, nil
}

// call is one operation of the API with all its pages.
type call struct {
	name string
	// document names the answer for the inventory, by default the call's name.
	document string
	pages    func(ctx context.Context, take func(any) error) error
}

// make makes a call and hands its answers to the inventory.
func (r *Reader) make(ctx context.Context, inv *cloud.Inventory, c call) error {
	err := c.pages(ctx, func(page any) error {
		text, err := json.Marshal(page)
		if err != nil {
			return err
		}
		return inv.Add(cloud.Document{Name: c.document, Text: text})
	})
	if denied(err) {
		inv.Denied = append(inv.Denied, c.name)
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %s: %w", r.Name(), c.name, err)
	}
	return nil
}

// refusals are the codes by which the API says that a permission is missing, or
// that the region does not have the operation.
var refusals = []string{"UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "UnsupportedOperation", "InvalidAction"}

func denied(err error) bool {
	var refused smithy.APIError
	return errors.As(err, &refused) && slices.Contains(refusals, refused.ErrorCode())
}
