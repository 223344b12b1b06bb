import { describe, expect, it } from 'vitest'
import { sectionsOf } from './sections.ts'
import type { DrawnLine } from './words.ts'

const line = (text: string, baseline: number, more: Partial<DrawnLine> = {}): DrawnLine => ({
  text,
  page: 1,
  baseline,
  size: 11,
  bold: false,
  ...more,
})
const read = (...lines: DrawnLine[]) => sectionsOf(lines, 'Letter')

describe('the words of a PDF', () => {
  it('have a heading where the letters are larger, or bold and short', () => {
    const parts = read(
      line('Dear Amal,', 700),
      line('Diagnoses', 660, { size: 14 }),
      line('Asthma.', 640),
      line('Plan', 600, { bold: true }),
      line('Rest.', 580),
      line('Take your medicine every day.', 540, { bold: true }),
    )
    expect(parts).toEqual([
      { heading: 'Letter', paragraphs: ['Dear Amal,'], items: [] },
      { heading: 'Diagnoses', paragraphs: ['Asthma.'], items: [] },
      { heading: 'Plan', paragraphs: ['Rest.', 'Take your medicine every day.'], items: [] },
    ])
  })

  it('are one paragraph while line follows line, also from one page to the next', () => {
    const [part] = read(
      line('You came to us because', 700),
      line('you were short of', 686),
      line('breath.', 700, { page: 2 }),
      line('We looked at your lungs.', 660, { page: 2 }),
    )
    expect(part?.paragraphs).toEqual(['You came to us because you were short of breath.', 'We looked at your lungs.'])
  })

  it('are items after a sign of a list, with what follows in a part of its own', () => {
    expect(
      read(
        line('Take:', 700),
        line('• aspirin, once', 680),
        line('a day', 668),
        line('- water', 650),
        line('Then rest.', 620),
      ),
    ).toEqual([
      { heading: 'Letter', paragraphs: ['Take:'], items: ['aspirin, once a day', 'water'] },
      { heading: 'Letter', paragraphs: ['Then rest.'], items: [] },
    ])
  })

  it('do not say again what stands at the head and foot of every page', () => {
    const page = (number: number, text: string) => [
      line('West Hertfordshire', 800, { page: number }),
      line(text, 700, { page: number }),
      line(`Page ${number} of 2`, 30, { page: number }),
    ]
    expect(read(...page(1, 'First.'), ...page(2, 'Second.'))[0]?.paragraphs).toEqual(['First.', 'Second.'])
    expect(read(...page(1, 'First.'))[0]?.paragraphs).toHaveLength(3)
  })
})
