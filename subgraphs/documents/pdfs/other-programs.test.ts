import { beforeAll, describe, expect, it } from 'vitest'
import { askOfPdf, fetchPdfTools } from '../../../test/pdf-tools.ts'
import { inspectApart } from './inspect-apart.ts'
import { aPdf } from './testing/a-pdf.ts'

const script = '<< /S /JavaScript /JS (app.alert(1)) >>'

beforeAll(fetchPdfTools, 180_000)

/** What qpdf makes of a PDF. */
const rewritten = async (pdf: Buffer, ...args: string[]) =>
  Buffer.from(await askOfPdf(pdf, 'qpdf', [...args, 'FILE', '-']), 'latin1')

describe('a PDF as another program writes it', () => {
  it('is kept from everybody when it needs a password, and when it only forbids copying', async () => {
    const locked = await rewritten(aPdf(), '--encrypt', 'user', 'owner', '256', '--')
    const forbidding = await rewritten(aPdf(), '--encrypt', '', 'owner', '256', '--extract=n', '--')
    expect((await inspectApart(locked, 'Letter')).fault).toBe('ENCRYPTED')
    expect((await inspectApart(forbidding, 'Letter')).fault).toBe('ENCRYPTED')
  })

  it.each([['--linearize'], ['--object-streams=generate'], ['--qdf']])('can be shown: %s', async (way) => {
    const { fault, sections } = await inspectApart(await rewritten(aPdf(), way), 'Letter')
    expect(fault).toBeNull()
    expect(sections[0]?.paragraphs).toEqual(['Your appointment'])
  })

  it.each([['--linearize'], ['--object-streams=generate'], ['--qdf']])('is kept with its script: %s', async (way) => {
    const pdf = await rewritten(aPdf({ catalog: '/OpenAction 10 0 R', objects: [script] }), way)
    expect((await inspectApart(pdf, 'Letter')).fault).toBe('ACTIVE_CONTENT')
  })
})
