import { describe, expect, it } from 'vitest'
import { inspectApart } from './inspect-apart.ts'
import { badPdfs, goodPdfs } from './testing/pdf-corpus.ts'

describe.each(Object.entries(badPdfs))('a PDF is kept from everybody as %s', (fault, files) => {
  it.each(files)('when it holds %s', async (_, make) => {
    const { fault: found, sections } = await inspectApart(make(), 'Letter')
    expect({ found, sections }).toEqual({ found: fault, sections: [] })
  })
})

describe('a PDF can be shown', () => {
  it.each(goodPdfs)('when it is %s', async (_, make) => {
    expect(await inspectApart(make(), 'Letter')).toEqual({
      fault: null,
      sections: [{ heading: 'Letter', paragraphs: ['Your appointment'], items: [] }],
    })
  })
})
