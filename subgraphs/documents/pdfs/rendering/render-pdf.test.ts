import { beforeAll, describe, expect, it } from 'vitest'
import { askOfPdf, fetchPdfTools, inUtf8 } from '../../../../test/pdf-tools.ts'
import { inspectApart } from '../inspect-apart.ts'
import type { Printable } from './printable.ts'
import { renderPdf } from './render-pdf.ts'

beforeAll(fetchPdfTools, 180_000)

const amal = { name: 'Ms Amal Haddad', bornOn: '1956-03-14', nhsNumber: '9990041571', hospitalNumber: 'W1' }
const summary: Printable = {
  person: amal,
  title: 'Discharge summary',
  addressLines: [],
  facts: [
    ['Written on', 'Monday 23 November 2026'],
    ['Written by', 'Dr Siân Ŵyn-Łukasz'],
  ],
  notices: ['The hospital corrected this on Monday 23 November 2026.'],
  table: null,
  sections: [
    { heading: 'Diagnoses', paragraphs: ['Pneumonia of the left lung.'], items: ['Asthma', 'Eczema'] },
    { heading: 'Plan and requested actions', paragraphs: Array<string>(40).fill('Rest. '.repeat(60)), items: [] },
  ],
  writtenAt: new Date('2026-11-23T10:00:00Z'),
  trustName: 'West Hertfordshire',
}
const result: Printable = {
  ...summary,
  title: 'Full blood count',
  table: {
    heading: 'Results',
    columns: ['Test', 'Result', 'Usual range'],
    rows: [
      ['Haemoglobin', '135 g/L', '130 to 180 g/L'],
      ['White cells', '11.2 x10⁹/L (high)', '4.0 to 11.0 x10⁹/L'],
    ],
  },
  sections: [],
}

const letters =
  'âêîôûŵŷ ÂÊÎÔÛŴŶ äöüß éèçñ ąćęłńóśźż áčďěňřšťůž ăâîșț őű ğışİ æøå þð ģķļņ ėįųū ħġċ αβγ бвг ≥≤±µ²³⁹⁻₂°½→↑↓–—‘’“”•'

describe.each([
  ['in usual print', false],
  ['in large print', true],
])('a PDF made here, %s', (_, large) => {
  it('is sound, tagged, in English, and carries its fonts', async () => {
    const pdf = await renderPdf(summary, { large })
    expect(await askOfPdf(pdf, 'qpdf', ['--check', 'FILE'])).toContain('No syntax or stream encoding errors found')
    const info = await askOfPdf(pdf, 'pdfinfo', ['FILE'])
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/Title: +Discharge summary/)
    expect(await askOfPdf(pdf, 'qpdf', ['--qdf', 'FILE', '-'])).toMatch(/\/Lang \((?:en-GB|\\376)/)
    const fonts = (await askOfPdf(pdf, 'pdffonts', ['FILE'])).split('\n').slice(2).filter(Boolean)
    expect(fonts).toHaveLength(2)
    for (const font of fonts) expect(font).toMatch(/SourceSans3\S* .* yes +yes +yes +\d/)
  })

  it('says what is a heading, a paragraph and a list', async () => {
    const structure = await askOfPdf(await renderPdf(summary, { large }), 'pdfinfo', ['-struct-text', 'FILE'])
    const tags = [...structure.matchAll(/^ *(Document|H1|H2|P|L|LI|Lbl|LBody|Table)\b/gm)].map(([, tag]) => tag)
    expect(tags.slice(0, 10)).toEqual(['Document', ...Array<string>(5).fill('P'), 'H1', 'P', 'L', 'LI'])
    expect(tags.filter((tag) => tag === 'H2')).toHaveLength(2)
    expect(tags.filter((tag) => tag === 'P')).toHaveLength(5 + 1 + 1 + 40)
  })

  const pageText = async (pdf: Buffer, page: number) =>
    inUtf8(await askOfPdf(pdf, 'pdftotext', ['-raw', '-f', String(page), '-l', String(page), 'FILE', '-'])).replaceAll(
      /\s+/g,
      ' ',
    )
  const pagesOf = async (pdf: Buffer) => Number(/Pages: +(\d+)/.exec(await askOfPdf(pdf, 'pdfinfo', ['FILE']))?.[1])

  it('says at its head whose it is, and at the foot of each further page with its number', async () => {
    const pdf = await renderPdf(summary, { large })
    const count = await pagesOf(pdf)
    expect(count).toBeGreaterThan(3)
    const head =
      'Patient: Ms Amal Haddad Date of birth: 14 March 1956 NHS number: 999 004 1571 Hospital number: W1 Discharge summary'
    const foot = 'Ms Amal Haddad, born 14 March 1956, NHS number 999 004 1571, hospital number W1'
    expect(await pageText(pdf, 1)).toContain(`West Hertfordshire ${head}`)
    expect(await pageText(pdf, 1)).toContain(`Page 1 of ${count}`)
    expect(await pageText(pdf, 1)).not.toContain(foot)
    for (let page = 2; page <= count; page += 1)
      expect(await pageText(pdf, page)).toContain(`${foot} Page ${page} of ${count}`)
    const tagged = inUtf8(await askOfPdf(pdf, 'pdfinfo', ['-struct-text', 'FILE']))
    for (const said of ['Patient: Ms Amal Haddad', 'NHS number: 999 004 1571']) expect(tagged).toContain(`"${said}"`)
    expect(tagged).not.toContain('Page 2')
  })

  it('says which number the hospital does not hold, and has room for a name of any length', async () => {
    const name = `Mrs ${'Ŵilhelmina '.repeat(24)}Novák`
    const person = { ...amal, name, nhsNumber: null, hospitalNumber: null }
    const pdf = await renderPdf({ ...summary, person }, { large })
    const count = await pagesOf(pdf)
    expect(await pageText(pdf, 1)).toContain(`Patient: ${name} Date`)
    expect(await pageText(pdf, 1)).toContain('NHS number: not held by the hospital Hospital number: not held')
    for (let page = 2; page <= count; page += 1)
      expect(await pageText(pdf, page)).toMatch(
        new RegExp(`${name}, born .* hospital number not held by the hospital Page ${page} of ${count}`),
      )
  })

  it('says which cells of a table are headings, and of what', async () => {
    const structure = await askOfPdf(await renderPdf(result, { large }), 'pdfinfo', ['-struct', 'FILE'])
    expect(structure.match(/\bTable\b/g)).toHaveLength(1)
    expect(structure.match(/^ *TR\b/gm)).toHaveLength(3)
    expect(structure.match(/^ *TH\b/gm)).toHaveLength(3 + 2)
    expect(structure.match(/Scope +\/Column/g)).toHaveLength(3)
    expect(structure.match(/Scope +\/Row/g)).toHaveLength(2)
    expect(structure.match(/^ *TD\b/gm)).toHaveLength(4)
  })

  it('holds every word in the order it is read', async () => {
    const text = inUtf8(await askOfPdf(await renderPdf(result, { large }), 'pdftotext', ['-raw', 'FILE', '-']))
    const words = text.replaceAll(/\s+/g, ' ')
    for (const said of ['West Hertfordshire', 'Full blood count', 'Dr Siân Ŵyn-Łukasz', '130 to 180 g/L'])
      expect(words).toContain(said)
    expect(words.indexOf('Haemoglobin')).toBeLessThan(words.indexOf('11.2 x10⁹/L (high)'))
  })

  it('has every letter of Europe, and shows that one is missing when it is', async () => {
    const sections = [{ heading: 'Letters', paragraphs: [letters, 'Chinese: 你'], items: [] }]
    const text = inUtf8(
      await askOfPdf(await renderPdf({ ...summary, sections }, { large }), 'pdftotext', ['FILE', '-']),
    )
    expect(text.replaceAll(/\s+/g, '')).toContain(letters.replaceAll(' ', ''))
    expect(text).toContain('Chinese: □')
  })

  it('passes the checks for the PDFs of others, and can be read back', async () => {
    const { fault, sections } = await inspectApart(await renderPdf(summary, { large }), 'Letter')
    expect(fault).toBeNull()
    expect(sections.map(({ heading }) => heading)).toEqual([
      'Letter',
      'Patient: Ms Amal Haddad',
      'Discharge summary',
      'Diagnoses',
      'Plan and requested actions',
    ])
    expect(sections[3]?.paragraphs).toEqual(['Pneumonia of the left lung.', 'Asthma', 'Eczema'])
  })
})

it('is the same file for the same document', async () => {
  const [one, other] = await Promise.all([renderPdf(summary, { large: false }), renderPdf(summary, { large: false })])
  expect(one.equals(other)).toBe(true)
})

it('is larger in large print', async () => {
  const size = async (large: boolean) => {
    const pdf = await askOfPdf(await renderPdf(summary, { large }), 'qpdf', ['--qdf', 'FILE', '-'])
    return Math.min(...[...pdf.matchAll(/\/F\d+ ([\d.]+) Tf/g)].map(([, points]) => Number(points)))
  }
  expect(await size(false)).toBeGreaterThanOrEqual(12)
  expect(await size(true)).toBeGreaterThanOrEqual(16)
})
