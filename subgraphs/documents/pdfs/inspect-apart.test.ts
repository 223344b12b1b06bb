import { describe, expect, it } from 'vitest'
import { inspectApart } from './inspect-apart.ts'
import { aPdf } from './testing/a-pdf.ts'
import { badPdfs, goodPdfs, memoryBomb } from './testing/pdf-corpus.ts'

/** What becomes of a file does not depend on how busy the machine is that runs the tests. */
const patience = 60_000

describe.each(Object.entries(badPdfs))('a PDF is kept from everybody as %s', (fault, files) => {
  it.each(files)(
    'when it holds %s',
    async (_, make) => {
      const { fault: found, sections } = await inspectApart(make(), 'Letter', patience)
      expect({ found, sections }).toEqual({ found: fault, sections: [] })
    },
    70_000,
  )
})

describe('a PDF can be shown', () => {
  it.each(goodPdfs)('when it is %s', async (_, make) => {
    expect(await inspectApart(make(), 'Letter')).toEqual({
      fault: null,
      sections: [{ heading: 'Letter', paragraphs: ['Your appointment'], items: [] }],
    })
  })
})

it('finds no fault in a file because the machine is busy', async () => {
  await expect(inspectApart(aPdf(), 'Letter', 1)).rejects.toThrow('Send it again in a few minutes.')
})

it('goes on with the next file after one that was too much', async () => {
  const [bomb, sound] = await Promise.all([inspectApart(memoryBomb(), 'Letter'), inspectApart(aPdf(), 'Letter')])
  expect([bomb.fault, sound.fault]).toEqual(['TOO_COMPLEX', null])
})
