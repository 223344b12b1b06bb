import { expect, it } from 'vitest'
import { reachedAt } from './reached-at.ts'

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['portal.example', 'portal.example'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
  ['0:0:0:0:0:0:0:0', '[::1]'],
  ['::1', '[::1]'],
  ['2001:db8::7', '[2001:db8::7]'],
])('what listens on %s is reached at %s', (host, reached) => {
  expect(reachedAt(host)).toBe(reached)
  expect(URL.canParse(`http://${reachedAt(host)}:3000/graphql`)).toBe(true)
})
