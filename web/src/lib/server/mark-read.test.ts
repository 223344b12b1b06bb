import { describe, expect, it } from 'vitest'
import { isLookedAt } from './mark-read.ts'

const request = (method: string, headers: Record<string, string> = {}) => ({ method, headers: new Headers(headers) })

describe('whether a person looks at a document', () => {
  it('is so when their browser asks for its page', () => {
    expect(isLookedAt(request('GET', { 'sec-fetch-dest': 'document' }))).toBe(true)
  })

  it.each([
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { purpose: 'Preview' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ])('is not so when a browser only fetches ahead: %o', (headers) => {
    expect(isLookedAt(request('GET', headers))).toBe(false)
  })

  it('is not so when only the headers are asked for', () => {
    expect(isLookedAt(request('HEAD'))).toBe(false)
  })
})
