import { describe, expect, it } from 'vitest'
import { asCypher, asGraphQL, consoleLink, cypherText, kubectlOf, shellText, workloadOf } from './queries'

const ASKED = { from: '2026-11-23T09:31:00Z', to: '2026-11-23T10:31:00Z', version: 180 }
const CHECKOUT = 'w/lab/shop/Deployment/checkout'

describe('the same question in two languages', () => {
  it('names window and version', () => expect(asGraphQL({ kind: 'node', id: CHECKOUT }, ASKED)).toContain('window: { from: "2026-11-23T09:31:00Z", to: "2026-11-23T10:31:00Z", asOf: { version: 180 } }'))
  it('keeps what is in a name within its text', () => {
    expect(cypherText("a'}) DETACH DELETE n //\\")).toBe("'a\\'}) DETACH DELETE n //\\\\'")
    expect(cypherText('\u202eab\n😀')).toBe("'\\u202eab\\u000a\\ud83d\\ude00'")
    expect(asCypher({ kind: 'transfer', id: "t' OR true" })).toContain("WHERE t.id = 't\\' OR true'")
    expect(asGraphQL({ kind: 'node', id: 'a"}' }, ASKED)).toContain('entity(id: "a\\"}"')
  })
})

describe('the way to Kubernetes', () => {
  it('is a command', () => expect(kubectlOf(CHECKOUT)).toBe('kubectl --namespace shop describe deployment checkout'))
  it('is none for what is no workload', () => expect([kubectlOf('e/s3/us-east-1/s3'), kubectlOf('m/lab/node-a'), workloadOf('w/lab/shop/Deployment')]).toEqual([null, null, null]))
  it('runs nothing of a name', () => {
    expect(shellText('$(reboot)')).toBe("'$(reboot)'")
    expect(shellText("it's; rm -rf /")).toBe("'it'\\''s; rm -rf /'")
    expect(shellText('--all')).toBe("'--all'")
    expect(shellText('')).toBe("''")
  })
  it('is a link by a template', () => {
    expect(consoleLink('https://console.example/{cluster}/{namespace}/{kind}/{name}', 'w/lab/shop/Deployment/a%2Fb?c')).toBe('https://console.example/lab/shop/Deployment/a%2Fb%3Fc')
    expect(consoleLink('javascript:alert({name})', CHECKOUT)).toBeNull()
    expect(consoleLink('https://{name}/', CHECKOUT)).toBeNull()
    expect(consoleLink('', CHECKOUT)).toBeNull()
  })
})
