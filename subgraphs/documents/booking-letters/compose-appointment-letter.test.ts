import { describe, expect, it } from 'vitest'
import { aBooking } from '../../../test/letter-facts.ts'
import { readTrust } from '../../runtime/trust.ts'
import { composeAppointmentLetter } from './compose-appointment-letter.ts'
import type { LetterFacts } from './letter-facts.ts'
import type { LetterContent } from './letter-content.ts'

const westHerts = readTrust('west-herts')
const southampton = readTrust('southampton')

/** A letter as a person would read it, for comparison with one that a person has read. */
function asText({ title, addressee, sections }: LetterContent): string {
  const { name, addressLines, nhsNumber, hospitalNumber } = addressee
  const top = [name, ...addressLines, `NHS number ${nhsNumber}`, `Hospital number ${hospitalNumber}`, '', title]
  const parts = sections.flatMap(({ heading, paragraphs, items }) => [
    '',
    `## ${heading}`,
    ...paragraphs,
    ...items.map((it) => `- ${it}`),
  ])
  return [...top, ...parts, ''].join('\n')
}
const sectionOf = (facts: LetterFacts, heading: string, trust = westHerts) =>
  composeAppointmentLetter(facts, trust).sections.find((it) => it.heading.startsWith(heading))

describe('an appointment letter', () => {
  it.each([
    ['west-herts face to face', aBooking, westHerts],
    ['west-herts by video', { ...aBooking, medium: 'VIDEO', place: null }, westHerts],
    ['west-herts by phone', { ...aBooking, medium: 'PHONE', place: null }, westHerts],
    ['west-herts admission', admission(), westHerts],
    ['southampton face to face', onRequest(), southampton],
    ['southampton by video', { ...onRequest(), medium: 'VIDEO', place: null }, southampton],
    ['southampton by phone', { ...onRequest(), medium: 'PHONE', place: null }, southampton],
    ['southampton with every need', withNeeds(), southampton],
  ] as [string, LetterFacts, typeof westHerts][])('says everything: %s', async (name, facts, trust) => {
    const file = `./as-written/${name.replaceAll(' ', '-')}.txt`
    await expect(asText(composeAppointmentLetter(facts, trust))).toMatchFileSnapshot(file)
  })

  it.each([
    ['DIRECT', 'Change or cancel it in Patient Portal, or contact'],
    ['REQUEST', 'Ask to change or cancel it in Patient Portal, or contact'],
    ['VIEW_ONLY', 'This appointment cannot be changed online.'],
    ['E_RS', 'This appointment is managed in the NHS e-Referral Service'],
  ] as const)('is honest about what a patient of a %s clinic can do', (mode, words) => {
    const change = sectionOf({ ...aBooking, clinic: { ...aBooking.clinic, mode } }, 'If you need to change')
    expect(change?.paragraphs[0]).toContain(words)
    expect(change?.paragraphs[0]).toContain('contact Dermatology bookings on 020 7946 0120')
    expect(change?.paragraphs[1]).toContain('at least 3 working days before')
  })

  it('says in working days how long an answer takes, and what notice is asked for, as the trust has it', () => {
    const trust = { ...southampton, requestAnswerWorkingDays: 1, noticeWorkingDays: 5 }
    const [how, notice] = sectionOf(onRequest(), 'If you need to change', trust)?.paragraphs ?? []
    expect(how).toContain('in Patient Hub, or contact')
    expect(how).toContain('Staff answer within 1 working day. The appointment stays booked until they do.')
    expect(notice).toContain('at least 5 working days before')
    const none = sectionOf(onRequest(), 'If you need to change', { ...trust, noticeWorkingDays: 0 })
    expect(none?.paragraphs.join()).not.toContain('working days before')
  })

  it.each(['TRANSPORT', 'INTERPRETER'] as const)(
    'sends people with %s to the appointments team to change it',
    (kind) => {
      for (const mode of ['DIRECT', 'REQUEST'] as const) {
        const facts = { ...aBooking, clinic: { ...aBooking.clinic, mode }, arrangements: [{ kind, detail: null }] }
        const change = sectionOf(facts, 'If you need to change')
        expect(change?.paragraphs[0]).toContain('contact Appointments team on 020 7946 0100')
        expect(change?.paragraphs[0]).not.toContain('Patient Portal')
      }
    },
  )

  it('says that cancelling discharges only where it does', () => {
    const words = /you will be discharged/
    expect(sectionOf(aBooking, 'If you need to change')?.paragraphs.join()).toMatch(words)
    expect(sectionOf(aBooking, 'If you need to change', southampton)?.paragraphs.join()).not.toMatch(words)
    expect(sectionOf(admission(), 'If you need to change')?.paragraphs.join()).not.toMatch(words)
  })

  it("begins, and says what it means not to come, in the clinic's own words when it has them", () => {
    const words = {
      letterIntroduction: 'Your GP has asked us to see you.',
      ifYouDoNotAttend: 'You will be discharged.',
    }
    const facts = { ...aBooking, clinic: { ...aBooking.clinic, ...words } }
    expect(sectionOf(facts, 'Your appointment')?.paragraphs).toEqual(['Dear Ms Amal Haddad,', words.letterIntroduction])
    expect(sectionOf(facts, 'If you do not attend')?.paragraphs).toEqual([words.ifYouDoNotAttend])
  })

  it('leaves out what does not apply, and never shows a missing word', () => {
    const bare: LetterFacts = {
      ...aBooking,
      clinician: null,
      place: null,
      whatToBring: [],
      preparation: [],
      patient: { ...aBooking.patient, nhsNumber: null, hospitalNumber: null, address: null },
    }
    const letter = composeAppointmentLetter(bare, westHerts)
    expect(letter.addressee).toEqual({
      name: 'Ms Amal Haddad',
      addressLines: [],
      nhsNumber: null,
      hospitalNumber: null,
    })
    expect(letter.sections.map((it) => it.heading)).not.toContain('What to bring')
    expect(JSON.stringify(letter.sections)).not.toMatch(/undefined|null|NaN|Invalid/)
    expect(sectionOf(bare, 'Your appointment')?.items).toContain('With: a member of the clinical team')
  })

  it('keeps what people wrote as text, whatever it looks like', () => {
    const facts = { ...aBooking, whatToBring: ['<script>alert(1)</script>'] }
    expect(sectionOf(facts, 'What to bring')?.items).toEqual(['<script>alert(1)</script>'])
  })
})

function admission(): LetterFacts {
  return {
    ...aBooking,
    kind: 'ADMISSION',
    startsAt: '2026-12-01T07:30:00.000Z',
    endsAt: '2026-12-04T15:00:00.000Z',
    clinic: { ...aBooking.clinic, name: 'Elective surgery', specialty: 'General surgery', mode: 'VIEW_ONLY' },
  }
}

function onRequest(): LetterFacts {
  return { ...aBooking, clinic: { ...aBooking.clinic, mode: 'REQUEST' } }
}

function withNeeds(): LetterFacts {
  return {
    ...onRequest(),
    arrangements: [
      { kind: 'INTERPRETER', detail: 'Polish' },
      { kind: 'TRANSPORT', detail: 'Ambulance car at 4:30pm' },
    ],
    patient: {
      ...aBooking.patient,
      needs: { interpreterLanguage: 'Polish', letterFormat: 'LARGE_PRINT', transport: true },
    },
  }
}
