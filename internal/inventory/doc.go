// Package inventory reads and writes facts as YAML files that people edit:
// which nodes, pods, services and revisions there are, what lies outside, and
// on which route. It is the form of `--inventory F` and `--endpoints F`; both
// have the same grammar and any file may hold any section.
//
//	cluster: lab
//	nodes:
//	  - {name: node-a, addrs: [10.0.1.10], provider: aws, region: us-east-1, zone: use1-az1, subnet: subnet-a}
//	pods:
//	  - uid: 3d6a7c1e-...
//	    namespace: shop
//	    name: web-0
//	    node: node-a
//	    addrs: [10.244.1.10]
//	    workload: StatefulSet/web
//	    from: 2026-11-23T10:00:00Z
//	services:
//	  - {namespace: shop, name: web, addrs: [10.96.1.10]}
//	revisions:
//	  - {id: web-1, workload: shop/StatefulSet/web, hash: 5d0c, number: 1, images: [web:1.0], changedBy: maria}
//	endpoints:
//	  - {class: s3, name: s3, provider: aws, region: us-east-1, cidrs: [198.18.16.0/24]}
//	routes:
//	  - {destination: 0.0.0.0/0, path: nat, via: nat-0a, viaZone: use1-az1}
//
// Every entry may say from and to (when it held; left out: since ever, still),
// recorded, source, and, but for pods and revisions, a key of its own.
package inventory
