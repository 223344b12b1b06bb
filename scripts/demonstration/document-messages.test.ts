import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { registerPatient } from '../../feeds/main.ts'
import { feedsWithPortal, today } from '../../feeds/testing/feeds-with-portal.ts'
import { birthDate } from './calendar.ts'
import { clinics } from './clinics.ts'
import { documentMessages } from './document-messages.ts'
import { people } from './people.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: today })
  scene = await feedsWithPortal()
  for (const { code } of clinics) scene.portal.record.clinics.add(code)
  for (const person of people) {
    const { hospitalNumber, given, family } = person
    await scene.send(registerPatient({ hospitalNumber, given, family, bornOn: birthDate(person.born) }, { at: today }))
  }
})
afterAll(async () => {
  vi.useRealTimers()
  await scene.stop()
})

describe('the results and letters of the demonstration', () => {
  it('are taken by the portal without a complaint', async () => {
    let minute = 0
    const messages = await documentMessages(() => ({
      at: new Date(today.getTime() - 3_600_000 + (minute += 1) * 60_000),
    }))
    const answers = []
    for (const message of messages) answers.push(await scene.send(message))
    expect(answers.filter(({ code, lines }) => code !== 'AA' || lines.length > 0)).toEqual([])
    expect(minute).toBe(answers.length)
  })

  it('hold what there is to show: trends, a correction, what waits, and PDFs', () => {
    const of = (field: string) =>
      scene.portal.done.filter((it) => it.field === field).map(({ input }) => input as never)
    const reported: Record<string, string>[] = of('recordTestResult')
    const count = (facts: Record<string, unknown>) =>
      reported.filter((it) => Object.entries(facts).every(([name, value]) => it[name] === value)).length
    expect(count({ hospitalId: 'LAB^R-3116^24362-6' })).toBe(2)
    expect(count({ status: 'P' })).toBe(1)
    expect(count({ department: 'SP' })).toBe(1)
    expect(count({ department: 'HM' })).toBeGreaterThan(6)
    const written: { kind: string; pdf?: { base64: string }; sections: unknown[] }[] = of('recordLetter')
    expect(written.map(({ kind, pdf, sections }) => [kind, sections.length > 0, Boolean(pdf)])).toEqual([
      ['DISCHARGE_SUMMARY', true, false],
      ['OUTCOME_LETTER', false, true],
      ['OUTCOME_LETTER', true, false],
      ['LETTER', true, true],
      ['OUTCOME_LETTER', true, false],
    ])
    const files = written.flatMap(({ pdf }) => (pdf ? [Buffer.from(pdf.base64, 'base64').toString('latin1')] : []))
    expect(files.map((it) => [it.startsWith('%PDF-'), it.includes('/JavaScript')])).toEqual([
      [true, false],
      [true, true],
    ])
  })
})
