import type * as api from './gen/schema'
import { money } from './world'

const GIB = 1024 ** 3
const sum = (gib: number, cost: string): api.ReconciledSum => ({ bytes: gib * GIB, cost: money(cost) })
const code = (name: string, billed: api.ReconciledSum, counted: api.ReconciledSum, explained: api.ReconciledSum, outOfSight: api.ReconciledSum, unexplained: api.ReconciledSum): api.ReconciledCode => ({
  account: '111122223333', region: 'us-east-1', code: name, billed, counted, explained, outOfSight, unexplained, notBilledBytes: 0,
})

/** Made-up bills: one that is explained but for a database and a rest, and one that is none. */
export const BILLS: readonly api.Reconciliation[] = [
  {
    name: 'october-cur.csv.gz', problem: '', month: '2026-10', minutes: 44_640, foldedMinutes: 44_637, machines: 12, unnamed: [], unnamedCount: 0, billed: sum(13_500, '812.4'), counted: sum(12_800, '790.2'), explained: sum(12_800, '768.1'),
    explainedBytes: '94.81', explainedCost: '94.54', standing: sum(0, '65.7'), notCompared: sum(0, '4210.11'),
    codes: [
      code('NatGateway-Bytes', sum(9200, '414'), sum(8900, '400.5'), sum(8900, '400.5'), sum(300, '13.5'), sum(0, '0')),
      code('DataTransfer-Out-Bytes', sum(4300, '398.4'), sum(3900, '389.7'), sum(3900, '367.6'), sum(250, '22.5'), sum(150, '8.3')),
    ],
    findings: [
      { kind: 'managed-service', name: 'AmazonRDS', account: '111122223333', region: 'us-east-1', code: 'DataTransfer-Out-Bytes', days: 31, bytes: 250 * GIB, cost: money('22.5'), percent: '' },
      { kind: 'missing-host', name: 'i-0c33f1e0', account: '111122223333', region: 'us-east-1', code: 'NatGateway-Bytes', days: 9, bytes: 300 * GIB, cost: money('13.5'), percent: '' },
      { kind: 'unexplained', name: '', account: '111122223333', region: 'us-east-1', code: 'DataTransfer-Out-Bytes', days: 4, bytes: 150 * GIB, cost: money('8.3'), percent: '' },
      { kind: 'discount', name: 'EDP', account: '111122223333', region: 'us-east-1', code: 'DataTransfer-Out-Bytes', days: 31, bytes: 3900 * GIB, cost: money('22.1'), percent: '5.6' },
    ],
  },
  { name: 'notes.txt', problem: 'notes.txt: row 1: the columns are those of no bill that is known for aws: cur, cur2, focus', month: '', minutes: 0, foldedMinutes: 0, machines: 0, unnamed: [], unnamedCount: 0, billed: null, counted: null, explained: null, explainedBytes: '0', explainedCost: '0', standing: null, notCompared: null, codes: [], findings: [] },
]
