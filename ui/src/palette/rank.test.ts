import { describe, expect, it } from 'vitest'
import { type Command, rankCommands } from './rank'

const command = (title: string, group = 'Screen'): Command => ({ id: title, title, group, run: () => {} })
const ALL = [command('Overview'), command('Map'), command('image-resizer', 'Workload in media'), command('Costs'), command('Who goes through a NAT gateway, and to where', 'Cypher query'), command('Compare the map')]

describe('the palette', () => {
  it.each([
    ['map', ['Map', 'Compare the map']], ['res', ['image-resizer']], ['media', ['image-resizer']], ['nat where', ['Who goes through a NAT gateway, and to where']], ['  ', ALL.map((one) => one.title)], ['zzz', []],
  ])('finds for %o', (text, titles) => expect(rankCommands(ALL, text).map((one) => one.title)).toEqual(titles))
  it('lists at most twelve', () => expect(rankCommands(Array.from({ length: 40 }, (_, at) => command(`a${at}`)), 'a')).toHaveLength(12))
})
