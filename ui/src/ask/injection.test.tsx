// @vitest-environment happy-dom
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Answer } from './Answer'
import { applyEvent, startTurn } from './conversation'

const AIMS = [
  '![x](https://evil.example/p.png)', '[here](https://evil.example/login)', '<img src=https://evil.example/x onerror=alert(1)>',
  "<script>fetch('https://evil.example')</script>", '<a href="javascript:alert(1)">x</a>', '[x]: https://evil.example', '<https://evil.example>',
  'https://evil.example/?q=1', '<iframe src=//evil.example></iframe>', '<svg onload=alert(1)>', '<style>@import "//evil.example"</style>', '[a](data:text/html;base64,PHM=)',
]
const WRAPPINGS: ReadonlyArray<(text: string) => string> = [
  (text) => text, (text) => `**${text}**`, (text) => `\`${text}\``, (text) => `- ${text}`, (text) => `# ${text}`, (text) => `> ${text}`,
  (text) => `1. ${text}`, (text) => `a\n\n${text}\n\nb`, (text) => `*${text}*`, (text) => `\u202e${text}`,
]

describe('an answer that obeys an injection', () => {
  it('shows it as text: no element that loads, links or runs', () => {
    for (const aim of AIMS) {
      for (const wrap of WRAPPINGS) {
        const text = wrap(aim)
        const turn = applyEvent(
          applyEvent(startTurn('why'), { __typename: 'ChatText', text }),
          { __typename: 'ChatUnproven', text, why: text },
        )
        const page = document.createElement('div')
        page.innerHTML = renderToStaticMarkup(<Answer turn={turn} onEvidence={() => {}} />)
        expect(page.querySelectorAll('a, img, script, iframe, svg, style, link, object, form'), text).toHaveLength(0)
        expect(page.querySelectorAll('[href], [src], [onerror], [onload], [style]'), text).toHaveLength(0)
      }
    }
  })
})
