import type { ChargeLine } from './gen/schema'

/** A charge rule of the mock's price book. Rates are made up to look like a cloud's. */
export type Rule = Pick<ChargeLine, 'payer' | 'code' | 'operation' | 'rule' | 'tier' | 'priceRow' | 'unpricedReason'> & {
  readonly rate: string
}

const rule = (rule: string, payer: string, code: string, rate: string, operation = '', tier = ''): Rule => ({
  rule, payer, code, rate, operation, tier, unpricedReason: '', priceRow: `mock/${code}/${rule}`,
})

export const RULES: Record<string, Rule> = {
  out: rule('E1', 'source', 'DataTransfer-Out-Bytes', '0.09', 'InterNetwork', '1'),
  in: rule('E2', 'destination', 'DataTransfer-In-Bytes', '0', 'InterNetwork'),
  nat: rule('N1', 'gateway', 'NatGateway-Bytes', '0.045', 'NatGateway'),
  'zone-out': rule('A3', 'source', 'DataTransfer-Regional-Bytes', '0.01', 'InterZone-Out'),
  'zone-in': rule('A3', 'destination', 'DataTransfer-Regional-Bytes', '0.01', 'InterZone-In'),
  'same-zone': rule('A1', 'source', 'DataTransfer-SameZone', '0'),
  gateway: { ...rule('A11', 'none', '', '0'), priceRow: '' },
  interface: rule('I1', 'source', 'VpcEndpoint-Bytes', '0.01', 'VpcEndpoint', 'first 1 PB'),
  s3: rule('S1', 'source', 'DataTransfer-S3-SameRegion', '0'),
  ecr: rule('S2', 'source', 'DataTransfer-ECR-SameRegion', '0'),
  public: rule('P2', 'destination', 'DataTransfer-Regional-Bytes', '0.01', 'PublicIP-In'),
  none: { ...rule('X0', 'source', 'unpriced', '0'), unpricedReason: 'one end is unknown' },
}
