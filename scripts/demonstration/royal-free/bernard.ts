import type { Resource } from '@medplum/fhirtypes'
import { bloodTest, panels } from './laboratory.ts'
import { type Letter, type Section, writtenLetter } from './letters.ts'
import type { PersonThere } from './person.ts'

const { bloodCount, kidneys } = panels

/** Days ago, creatinine, estimated filtration rate. */
const watched = [
  [900, 108, 61],
  [640, 117, 55],
  [365, 121, 53],
  [180, 133, 47],
  [30, 130, 48],
] as const
const lowestRate = 60

const letter: Letter = {
  id: 'rf-kidney-letter',
  days: 28,
  type: 'outcome',
  title: 'Kidney clinic letter',
  author: 'Dr Nadia Rahman',
}
const sections: Section[] = [
  {
    heading: 'Clinical summary',
    code: '887181000000106',
    paragraphs: [
      'Your kidneys work at about half of what they did when you were young. That has been steady for half a year.',
    ],
  },
  {
    heading: 'Plan and requested actions',
    code: '887201000000105',
    items: ['A blood test every 6 months', 'Do not take ibuprofen or similar painkillers'],
  },
]

/** What the Royal Free has of Bernard O'Connor: kidneys that are watched. */
export function recordsOfBernard(bernard: PersonThere): Resource[] {
  const kidneyTests = watched.flatMap(([days, creatinine, rate], index) =>
    bloodTest(bernard, {
      id: `rf-kidney-${index + 1}`,
      panel: kidneys,
      days,
      values: [138, 4.9, [creatinine, 'H'], rate < lowestRate ? [rate, 'L'] : rate],
    }),
  )
  const count = bloodTest(bernard, {
    id: 'rf-count-1',
    panel: bloodCount,
    days: 30,
    values: [131, 7.2, [128, 'L'], 91],
  })
  return [...kidneyTests, ...count, writtenLetter(bernard, letter, sections)]
}
