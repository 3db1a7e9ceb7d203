package whatif

import (
	"fmt"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

func patches(tool, text string) []Patch { return []Patch{{tool, text}} }

// terraformName makes a resource name of any text.
func terraformName(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(text))
}

func gatewayEndpointPatch(s servicePlace) (apply, undo []Patch) {
	name := terraformName(s.class)
	terraform := fmt.Sprintf(`variable "vpc_id" { type = string }
variable "private_route_table_ids" { type = list(string) }

resource "aws_vpc_endpoint" %[3]q {
  vpc_id            = var.vpc_id
  service_name      = "com.amazonaws.%[2]s.%[1]s"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = var.private_route_table_ids
}
`, s.class, s.region, name)
	cli := fmt.Sprintf(`aws ec2 create-vpc-endpoint --region %[2]s --vpc-endpoint-type Gateway \
  --vpc-id "$VPC_ID" --service-name com.amazonaws.%[2]s.%[1]s --route-table-ids $PRIVATE_ROUTE_TABLE_IDS
`, s.class, s.region)
	undoCLI := fmt.Sprintf("aws ec2 delete-vpc-endpoints --region %s --vpc-endpoint-ids \"$VPC_ENDPOINT_ID\"\n", s.region)
	return []Patch{{"terraform", terraform}, {"aws-cli", cli}},
		[]Patch{{"terraform", "terraform destroy -target=aws_vpc_endpoint." + name + "\n"}, {"aws-cli", undoCLI}}
}

// endpointServices are the names under which a class is offered.
func endpointServices(class string) []string {
	if class == "ecr" {
		return []string{"ecr.api", "ecr.dkr"}
	}
	return []string{class}
}

func interfaceEndpointPatch(s servicePlace, zones []string) (apply, undo []Patch) {
	name := terraformName(s.class)
	var names []string
	for _, service := range endpointServices(s.class) {
		names = append(names, fmt.Sprintf("%q", service))
	}
	terraform := fmt.Sprintf(`variable "vpc_id" { type = string }
# one private subnet in each of: %[5]s
variable "endpoint_subnet_ids" { type = list(string) }
variable "endpoint_security_group_ids" { type = list(string) }

resource "aws_vpc_endpoint" %[3]q {
  for_each            = toset([%[4]s])
  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.%[2]s.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = var.endpoint_subnet_ids
  security_group_ids  = var.endpoint_security_group_ids
  private_dns_enabled = true
}
`, s.class, s.region, name, strings.Join(names, ", "), strings.Join(zones, ", "))
	return patches("terraform", terraform), patches("terraform", "terraform destroy -target=aws_vpc_endpoint."+name+"\n")
}

func natPatch(zone string) (apply, undo []Patch) {
	name := terraformName("nat " + zone)
	terraform := fmt.Sprintf(`# %[1]s
variable "public_subnet_id" { type = string }
variable "private_route_table_id" { type = string }

resource "aws_eip" %[2]q { domain = "vpc" }

resource "aws_nat_gateway" %[2]q {
  allocation_id = aws_eip.%[2]s.id
  subnet_id     = var.public_subnet_id
}

resource "aws_route" %[2]q {
  route_table_id         = var.private_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.%[2]s.id
}
`, zone, name)
	cli := "aws ec2 replace-route --route-table-id \"$PRIVATE_ROUTE_TABLE_ID\" --destination-cidr-block 0.0.0.0/0 --nat-gateway-id \"$OLD_NAT_GATEWAY_ID\"\n"
	return patches("terraform", terraform), patches("aws-cli", cli)
}

func idleNATPatch(name string) (apply, undo []Patch) {
	return patches("aws-cli", fmt.Sprintf("aws ec2 delete-nat-gateway --nat-gateway-id %s\n", name)),
		patches("aws-cli", "aws ec2 create-nat-gateway --subnet-id \"$PUBLIC_SUBNET_ID\" --allocation-id \"$ALLOCATION_ID\"\n")
}

func privateNamePatch(p pairOf) (apply, undo []Patch) {
	yaml := fmt.Sprintf(`# A name inside the cluster that stands for the private name of %[2]s; let %[3]s dial it.
apiVersion: v1
kind: Service
metadata:
  name: %[1]s-private
  namespace: %[4]s
spec:
  type: ExternalName
  externalName: PRIVATE_NAME_OF_%[1]s
`, strings.ToLower(p.server.Name), p.server.ID(), p.client.ID(), orDefault(p.client.Namespace))
	return patches("kubernetes", yaml), patches("kubernetes", fmt.Sprintf("kubectl -n %s delete service %s-private\n", orDefault(p.client.Namespace), strings.ToLower(p.server.Name)))
}

func orDefault(namespace string) string {
	if namespace == "" {
		return "default"
	}
	return namespace
}

func peeringPatch() (apply, undo []Patch) {
	terraform := `variable "vpc_a" { type = object({ id = string, cidr = string, route_table_ids = list(string) }) }
variable "vpc_b" { type = object({ id = string, cidr = string, route_table_ids = list(string) }) }

resource "aws_vpc_peering_connection" "direct" {
  vpc_id      = var.vpc_a.id
  peer_vpc_id = var.vpc_b.id
  auto_accept = true
}

resource "aws_route" "a_to_b" {
  for_each                  = toset(var.vpc_a.route_table_ids)
  route_table_id            = each.key
  destination_cidr_block    = var.vpc_b.cidr
  vpc_peering_connection_id = aws_vpc_peering_connection.direct.id
}

resource "aws_route" "b_to_a" {
  for_each                  = toset(var.vpc_b.route_table_ids)
  route_table_id            = each.key
  destination_cidr_block    = var.vpc_a.cidr
  vpc_peering_connection_id = aws_vpc_peering_connection.direct.id
}
`
	return patches("terraform", terraform), patches("terraform", "terraform destroy -target=aws_route.a_to_b -target=aws_route.b_to_a -target=aws_vpc_peering_connection.direct\n")
}

// Versions of Kubernetes at which the ways to route within a zone changed.
const (
	minorAnnotation   = 27 // service.kubernetes.io/topology-mode
	minorDistribution = 31 // spec.trafficDistribution on by default
	minorSameZone     = 34 // the value PreferSameZone on by default; PreferClose is its old name
)

// sameZonePatch speaks the language of the server's version; of an unknown one
// the newest name that all supported versions with the field know.
func sameZonePatch(namespace, service string, minor int) (apply, undo []Patch) {
	body := func(yes string) string {
		return fmt.Sprintf("kubectl -n %s patch service %s --type merge -p '%s'\n", orDefault(namespace), service, yes)
	}
	yaml := func(rest string) string {
		return fmt.Sprintf("apiVersion: v1\nkind: Service\nmetadata:\n  name: %s\n  namespace: %s\n%s", service, orDefault(namespace), rest)
	}
	switch {
	case minor != 0 && minor < minorAnnotation:
		return patches("kubernetes", yaml("  annotations:\n    service.kubernetes.io/topology-aware-hints: auto\n")),
			patches("kubernetes", body(`{"metadata":{"annotations":{"service.kubernetes.io/topology-aware-hints":null}}}`))
	case minor != 0 && minor < minorDistribution:
		return patches("kubernetes", yaml("  annotations:\n    service.kubernetes.io/topology-mode: Auto\n")),
			patches("kubernetes", body(`{"metadata":{"annotations":{"service.kubernetes.io/topology-mode":null}}}`))
	default:
		value := "PreferClose"
		if minor >= minorSameZone {
			value = "PreferSameZone"
		}
		return patches("kubernetes", yaml("spec:\n  trafficDistribution: "+value+"\n")), patches("kubernetes", body(`{"spec":{"trafficDistribution":null}}`))
	}
}

func zonePinPatch(id model.Identity, zone string) (apply, undo []Patch) {
	kind := id.Type
	if kind == "" {
		kind = "Deployment"
	}
	yaml := fmt.Sprintf(`# Zone ids (%[4]s) are the same in every account, zone names are not: label your nodes with the id,
# or put the name that it has in this account under topology.kubernetes.io/zone.
apiVersion: apps/v1
kind: %[1]s
metadata:
  name: %[2]s
  namespace: %[3]s
spec:
  template:
    spec:
      affinity:
        nodeAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              preference:
                matchExpressions:
                  - {key: topology.k8s.aws/zone-id, operator: In, values: [%[4]s]}
`, kind, id.Name, orDefault(id.Namespace), zone)
	undoText := fmt.Sprintf(`# Where it preferred nodes of its own before, put those back instead: this takes all such preferences away.
kubectl -n %s patch %s %s --type merge -p '{"spec":{"template":{"spec":{"affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":null}}}}}}'
`, orDefault(id.Namespace), strings.ToLower(kind), id.Name)
	return patches("kubernetes", yaml), patches("kubernetes", undoText)
}

// mirrorPatch makes nodes ask a mirror of their own first. What the graph calls ecr has a
// host of its account's, which no transfer names.
// Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html.
func mirrorPatch(registry model.Identity) (apply, undo []Patch) {
	host, named := registry.Name, ""
	if !strings.Contains(host, ".") {
		host, named = "REGISTRY_HOST", "# Put the registry's host, as it stands in your images' names, in the place of REGISTRY_HOST.\n"
	}
	if registry.Type == "ecr" {
		host, named = "ACCOUNT.dkr.ecr."+registry.Region+".amazonaws.com", "# Put the account that owns the registry in the place of ACCOUNT.\n"
	}
	toml := fmt.Sprintf(`%[2]s# A mirror must run on every node and listen on 127.0.0.1:30020 (Spegel's default), or put its address there.
# /etc/containerd/certs.d/%[1]s/hosts.toml on every node; the mirror first, the registry itself after it.
server = "https://%[1]s"

[host."http://127.0.0.1:30020"]
  capabilities = ["pull", "resolve"]
`, host, named)
	return patches("containerd", toml), patches("containerd", fmt.Sprintf("%srm /etc/containerd/certs.d/%s/hosts.toml\n", named, host))
}

func replicaPatch(id model.Identity, region string) (apply, undo []Patch) {
	text := fmt.Sprintf("# Run a read replica or cache of %s in %s and point the readers there at it;\n# how depends on what it is, and Egressor does not know.\n", id.ID(), region)
	return patches("text", text), patches("text", "# Point the readers back at the primary.\n")
}

func compressionPatch(id model.Identity) (apply, undo []Patch) {
	text := fmt.Sprintf("# Switch response compression on in %s, for example:\n#   nginx:  gzip on; gzip_types application/json text/plain;\n#   Envoy:  envoy.filters.http.compressor\n#   gRPC:   grpc.UseCompressor(gzip.Name)\n", id.ID())
	return patches("text", text), patches("text", "# Switch it off again.\n")
}
