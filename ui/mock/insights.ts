import type * as api from './gen/schema'
import { money } from './world'

/** One made-up incident and one made-up saving, in the shape and the words of the service. */
export const INCIDENTS: readonly api.Incident[] = [{
  id: 'i/2026-11-23T10:04Z/checkout', kind: 'STEP', title: 'step: checkout to payments.example by NAT costs $4.50 a day more', since: '2026-11-23T10:04:00Z',
  detected: '2026-11-23T10:07:00Z', until: null, through: '2026-11-23T10:31:00Z', impact: money('0.0844'), impactPerDay: money('4.5'), impactPerDayRange: { low: money('4.3'), high: money('4.7'), percent: 90 }, version: 180,
  conclusion: 'rollout 7c9f4 of checkout explains all of it: it began 38 seconds before, and every new byte is of its pods',
  parts: { through: '2026-11-23T10:31:00Z', change: money('0.0844'), volume: money('0.0844'), path: money('0'), price: money('0'), tier: money('0'), remainder: money('0') },
  anomalies: [{
    scope: 'flow checkout -> payments.example by nat', source: 'w/lab/shop/Deployment/checkout', destination: 'e/internet/payments.example', kind: 'STEP', basis: 'recent',
    since: '2026-11-23T10:04:00Z', until: null, filter: 'name=checkout path=nat', minutes: 27, bytes: 900_000_000, expectedBytes: 340_000_000, cost: money('0.1344'), expectedCost: money('0.05'),
  }],
  findings: [{
    kind: 'rollout', subject: 'rollout 7c9f4 of shop/checkout by ci-deployer', entity: 'w/lab/shop/Deployment/checkout', revision: 'd/checkout/7c9f4', at: '2026-11-23T10:03:22Z',
    explains: money('0.0844'), for: ['began 38 s after the rollout', 'all of the new bytes are of pods of the new revision'], against: [], score: 96, confidence: 'high',
  }],
  remedy: {
    action: 'if the change was not meant to move this much, roll shop/checkout back; where a repository applies it, revert the commit instead',
    command: 'kubectl -n shop rollout undo deployment/checkout', undo: 'roll back once more: that brings the newer revision again',
    undoCommand: 'kubectl -n shop rollout undo deployment/checkout',
  },
  state: 'OPEN', decisions: [], filter: '(source.id=w/lab/shop/Deployment/checkout destination.id=e/internet/payments.example)',
  investigations: [{
    id: 'q3f2a9c1d0e4b5a67', question: 'Why did incident i/2026-11-23T10:04Z/checkout happen, from 2026-11-23T10:04:00Z to 2026-11-23T10:08:00Z?', incident: 'i/2026-11-23T10:04Z/checkout',
    occasion: 'OPENED', state: 'DONE', by: 'egressor', engine: 'rules', startedAt: '2026-11-23T10:08:21Z', endedAt: '2026-11-23T10:08:21Z', version: 180,
    answer: 'step: checkout to payments.example by NAT costs $4.50 a day more. Since 2026-11-23T10:04:00Z, still going on, as of version 180: $4.50 a day beyond the expected, $0.08 so far.\n\n## Why\n\nRollout 7c9f4 of checkout explains all of it.\n\n## What to do\n\nRoll shop/checkout back: `kubectl -n shop rollout undo deployment/checkout`',
    steps: ['explain_incident', 'explain_change', 'explain_cost'], evidence: [], unproven: [], failure: '', inputTokens: 0, outputTokens: 0, costUsd: null, markdown: '', replay: null,
  }],
}]

export const SAVINGS: readonly api.Recommendation[] = [{
  id: 'r/gateway-endpoint/vpc-0a/s3', kind: 'gateway-endpoint', subject: 'vpc-0a', title: 'Give vpc-0a a gateway endpoint for S3', monthly: money('168.2'), low: money('140'), high: money('190'),
  saving: money('0.2336'), before: money('0.2336'), after: money('0'), from: '2026-11-23T09:31:00Z', to: '2026-11-23T10:31:00Z', minutes: 60, bytes: 5_570_000_000, breakEvenBytes: null,
  entities: ['w/lab/media/Deployment/image-resizer'], why: ['image-resizer moves 5.2 GiB an hour to and from S3 through a NAT gateway'], assumptions: ['traffic stays as it was observed'],
  warnings: ['bucket policies that name the NAT address stop matching'],
  apply: [{ tool: 'terraform', text: 'resource "aws_vpc_endpoint" "s3" {\n  vpc_id       = "vpc-0a"\n  service_name = "com.amazonaws.us-east-1.s3"\n}\n' }],
  undo: [{ tool: 'terraform', text: '# remove the resource aws_vpc_endpoint.s3\n' }], check: 'the path of these transfers becomes gateway-endpoint within minutes',
  state: 'OPEN', decisions: [],
}]

export const VERDICTS: readonly api.Verdict[] = [{
  recommendation: 'r/same-zone-routing/search', kind: 'same-zone-routing', subject: 'w/lab/shop/Deployment/search', title: "Route to search in the client's own zone",
  applied: '2026-11-23T08:00:00Z', evidence: 'Service shop/search has trafficDistribution PreferClose', state: 'PARTLY_EFFECTIVE',
  summary: 'realised 412.00 USD of 430.00 USD a month; 3 GiB of use1-az2 still go the old way: the zone has no endpoint', predicted: money('430'), realised: money('412'),
  from: '2026-11-23T08:02:00Z', to: '2026-11-23T10:31:00Z', minutes: 149, reasons: ['3 GiB of use1-az2 still go the old way: the zone has no endpoint'], entities: ['w/lab/shop/Deployment/search'],
}]
