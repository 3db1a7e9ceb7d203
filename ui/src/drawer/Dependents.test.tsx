// @vitest-environment happy-dom
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../api/useDocument'
import type { DependentsQuery } from '../gql/graphql'
import { Callers } from './Dependents'

type Row = DependentsQuery['blastRadius']['nodes'][number]

function row(name: string, hops: number, dependence: Row['dependence'], through = 'db'): Row {
  return { hops, dependence, bytes: '1024', cost: { amount: '1', currency: 'USD' }, node: { id: name, name }, through: hops === 0 ? null : { id: through, name: through } }
}

function shown(rows: readonly Row[]): string {
  const answer: Answer<DependentsQuery> = {
    data: { blastRadius: { left: 0, leftCost: { amount: '0', currency: 'USD' }, nodes: [...rows] } }, problem: null, loading: false, retry: () => {},
  }
  const page = document.createElement('div')
  page.innerHTML = renderToStaticMarkup(<Callers answer={answer} onSelect={() => {}} />)
  return page.textContent
}

describe('who is hit', () => {
  it('tells those that may depend from those that do', () => {
    const text = shown([row('db', 0, null), row('cart', 1, 'OBSERVED'), row('gossip', 1, 'UNKNOWN'), row('web', 2, 'UNKNOWN', 'gossip')])
    expect(text).toContain('2 of 3 may be hit')
    expect(text).toContain('calls it')
    expect(text).toContain('unknown who calls: exchanges bytes with it')
    expect(text).toContain('unknown who calls: through gossip')
  })

  it('says nothing of it where all is known', () => {
    expect(shown([row('db', 0, null), row('cart', 1, 'OBSERVED')])).not.toContain('may be hit')
  })
})
