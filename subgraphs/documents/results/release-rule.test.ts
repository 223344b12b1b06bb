import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTrust } from '../../runtime/trust.ts'
import { ObservationFlag } from './observation-words.ts'
import { releaseAfterCorrection } from './release-after-correction.ts'
import { classOfCode, isStricter } from './release-classes.ts'
import { type ObservationFacts, opensByItself, type ReleaseFacts, releaseOf } from './release-rule.ts'
import { ReleaseClass, ReleaseReason } from './release-words.ts'
import { TestResultStatus } from './test-result-status.ts'

const trust = readTrust('west-herts')
const received = new Date('2026-11-23T10:00:00Z')

const haemoglobin: ObservationFacts = {
  code: '718-7',
  system: 'LN',
  number: 135,
  flag: ObservationFlag.NORMAL,
  isFlagKnown: true,
  status: TestResultStatus.FINAL,
}
const bloodCount: ReleaseFacts = {
  status: TestResultStatus.FINAL,
  panel: { code: '58410-2', system: 'LN' },
  department: 'HM',
  observations: [haemoglobin],
  isInWords: false,
}
const withValue = (value: Partial<ObservationFacts>): ReleaseFacts => ({
  ...bloodCount,
  observations: [haemoglobin, { ...haemoglobin, ...value }],
})
const verdict = (facts: ReleaseFacts) => releaseOf(facts, trust)

describe('the rules of release', () => {
  it.each<[string, ReleaseFacts, string, string]>([
    ['a full blood count at once', bloodCount, 'NUMERIC', 'AT_ONCE'],
    ['a high value too', withValue({ flag: ObservationFlag.HIGH }), 'NUMERIC', 'AT_ONCE'],
    ['a corrected one too', { ...bloodCount, status: TestResultStatus.CORRECTED }, 'NUMERIC', 'AT_ONCE'],
    ['none that is preliminary', { ...bloodCount, status: TestResultStatus.PRELIMINARY }, 'NUMERIC', 'PRELIMINARY'],
    [
      'none with a value that is preliminary, whatever is said of the whole',
      withValue({ status: TestResultStatus.PRELIMINARY }),
      'NUMERIC',
      'PRELIMINARY',
    ],
    [
      'none with a value that is critically high',
      withValue({ flag: ObservationFlag.CRITICALLY_HIGH }),
      'NUMERIC',
      'CRITICAL_FLAG',
    ],
    [
      'none with a value that is critically low',
      withValue({ flag: ObservationFlag.CRITICALLY_LOW }),
      'NUMERIC',
      'CRITICAL_FLAG',
    ],
    [
      'none that is critically abnormal',
      withValue({ flag: ObservationFlag.CRITICALLY_ABNORMAL }),
      'NUMERIC',
      'CRITICAL_FLAG',
    ],
    ['none with a flag nobody knows', withValue({ isFlagKnown: false }), 'CLINICIAN_ONLY', 'UNKNOWN_CODE'],
    ['none with a value of a test nobody knows', withValue({ code: '99999-9' }), 'CLINICIAN_ONLY', 'UNKNOWN_CODE'],
    ['none with a value without a code', withValue({ code: null }), 'CLINICIAN_ONLY', 'UNKNOWN_CODE'],
    [
      'none of a panel nobody knows',
      { ...bloodCount, panel: { code: 'FBC', system: 'L' } },
      'CLINICIAN_ONLY',
      'UNKNOWN_CODE',
    ],
    ['none with a tumour marker among the values', withValue({ code: '2857-1' }), 'CLINICIAN_ONLY', 'CLINICIAN_ONLY'],
    ['a value in words after the days', withValue({ number: null }), 'REPORT', 'REPORT'],
    ['a report in words after the days', { ...bloodCount, isInWords: true }, 'REPORT', 'REPORT'],
    ['nothing but comments after the days', { ...bloodCount, observations: [] }, 'REPORT', 'REPORT'],
    [
      'imaging after the days, whatever it calls the picture',
      {
        ...bloodCount,
        panel: { code: 'XCHES', system: 'NICIP' },
        department: 'RAD',
        observations: [],
        isInWords: true,
      },
      'REPORT',
      'REPORT',
    ],
    ['nothing of surgical pathology', { ...bloodCount, department: 'SP' }, 'CLINICIAN_ONLY', 'CLINICIAN_ONLY'],
    [
      'nothing of a department of imaging with histology in it',
      { ...withValue({ code: '22637-3' }), department: 'RAD' },
      'CLINICIAN_ONLY',
      'CLINICIAN_ONLY',
    ],
    [
      'what is critical for its flag, of which the desk should hear first',
      withValue({ code: '2857-1', flag: ObservationFlag.CRITICALLY_HIGH }),
      'CLINICIAN_ONLY',
      'CRITICAL_FLAG',
    ],
    [
      'a value that was withdrawn for nothing but its code',
      withValue({ flag: ObservationFlag.CRITICALLY_HIGH, number: null, status: TestResultStatus.WITHDRAWN }),
      'NUMERIC',
      'AT_ONCE',
    ],
  ])('open %s', (_, facts, releaseClass, reason) => {
    expect(verdict(facts)).toEqual({ class: releaseClass, reason })
  })

  it('open a report on the morning after so many days, by the clocks of London', () => {
    const report = { class: ReleaseClass.REPORT, reason: ReleaseReason.REPORT }
    expect(opensByItself(report, trust, received)).toEqual(new Date('2026-12-07T08:00:00Z'))
    expect(opensByItself(report, trust, new Date('2026-03-20T23:30:00Z'))).toEqual(new Date('2026-04-03T07:00:00Z'))
    expect(opensByItself(report, { resultReleaseDays: 21 }, received)).toEqual(new Date('2026-12-14T08:00:00Z'))
  })

  const anyFlag = fc.constantFrom(...Object.values(ObservationFlag))
  const anyValue: fc.Arbitrary<ObservationFacts> = fc.record({
    code: fc.constantFrom('718-7', '2857-1', '18748-4', '600-7', '99999-9', null),
    system: fc.constantFrom('LN', 'SCT', null),
    number: fc.option(fc.double({ noNaN: true })),
    flag: anyFlag,
    isFlagKnown: fc.boolean(),
    status: fc.constantFrom(...Object.values(TestResultStatus)),
  })
  const anyResult: fc.Arbitrary<ReleaseFacts> = fc.record({
    status: fc.constantFrom(...Object.values(TestResultStatus)),
    panel: fc.record({ code: fc.constantFrom('58410-2', '51969-4', 'FBC', null), system: fc.constantFrom('LN', 'L') }),
    department: fc.constantFrom('HM', 'RAD', 'SP', '', null),
    observations: fc.array(anyValue, { maxLength: 4 }),
    isInWords: fc.boolean(),
  })

  it('open nothing by themselves that any single part of it keeps shut', () => {
    fc.assert(
      fc.property(anyResult, (facts) => {
        const { status, panel, observations } = facts
        const opensAt = opensByItself(verdict(facts), trust, received)
        const standing = observations.filter((it) => it.status !== TestResultStatus.WITHDRAWN)
        const keepsShut =
          status === TestResultStatus.PRELIMINARY ||
          standing.some(({ flag, isFlagKnown }) => flag.startsWith('CRITICALLY') || !isFlagKnown) ||
          [panel, ...observations].some((it) => classOfCode(it, trust.resultClasses) === ReleaseClass.CLINICIAN_ONLY)
        if (keepsShut) expect(opensAt).toBeNull()
        if (opensAt?.getTime() === received.getTime()) expect(standing.every((it) => it.number !== null)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('are never looser with more values than with fewer', () => {
    fc.assert(
      fc.property(anyResult, anyValue, (facts, value) => {
        const [fewer, more] = [facts, { ...facts, observations: [...facts.observations, value] }].map(verdict)
        // A first number turns what was words alone into a number.
        fc.pre(facts.observations.some((it) => it.status !== TestResultStatus.WITHDRAWN))
        expect(fewer && more && isStricter(fewer.class, more.class)).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a correction', () => {
  const now = received
  const later = new Date('2026-12-01T08:00:00Z')
  const { NUMERIC, REPORT, CLINICIAN_ONLY } = ReleaseClass
  const atOnce = { class: NUMERIC, reason: ReleaseReason.AT_ONCE }
  const critical = { class: NUMERIC, reason: ReleaseReason.CRITICAL_FLAG }
  const tumourMarker = { class: CLINICIAN_ONLY, reason: ReleaseReason.CLINICIAN_ONLY }
  const report = { class: REPORT, reason: ReleaseReason.REPORT }
  const released = {
    releaseClass: REPORT,
    releaseReason: ReleaseReason.RELEASED,
    opensAt: new Date('2026-11-20T09:00:00Z'),
  }
  const held = { releaseClass: REPORT, releaseReason: ReleaseReason.HELD, opensAt: later, heldUntil: later }

  it('of what a clinician released stays released', () => {
    expect(releaseAfterCorrection(released, report, later, now)).toEqual(released)
    expect(releaseAfterCorrection(released, atOnce, now, now)).toEqual({ ...released, releaseClass: NUMERIC })
  })

  it.each([
    ['a critical flag', critical, 'CRITICAL_FLAG'],
    ['a stricter class', tumourMarker, 'CLINICIAN_ONLY'],
    ['that it is not final', { class: REPORT, reason: ReleaseReason.PRELIMINARY }, 'PRELIMINARY'],
  ])('of what a clinician released waits again when it brings %s', (_, ruled, releaseReason) => {
    expect(releaseAfterCorrection(released, ruled, null, now)).toMatchObject({ releaseReason, opensAt: null })
  })

  it('of what opened by itself goes through the rules again', () => {
    const opened = {
      releaseClass: REPORT,
      releaseReason: ReleaseReason.REPORT,
      opensAt: new Date('2026-11-20T09:00:00Z'),
    }
    expect(releaseAfterCorrection(opened, report, later, now)).toMatchObject({
      releaseReason: 'REPORT',
      opensAt: later,
    })
  })

  it('of what is held is held as long, and no longer than it was', () => {
    expect(releaseAfterCorrection(held, atOnce, now, now)).toMatchObject({ releaseReason: 'HELD', opensAt: later })
    expect(releaseAfterCorrection(held, tumourMarker, null, now)).toMatchObject({ opensAt: null })
    const ended = new Date('2026-11-20T08:00:00Z')
    const over = { ...held, opensAt: ended, heldUntil: ended }
    expect(releaseAfterCorrection(over, atOnce, now, now)).toMatchObject({ releaseReason: 'AT_ONCE', opensAt: now })
  })

  it('of what is held opens no sooner than it would without the hold', () => {
    const evenLater = new Date('2026-12-07T08:00:00Z')
    expect(releaseAfterCorrection(held, report, evenLater, now)).toMatchObject({
      releaseReason: 'REPORT',
      opensAt: evenLater,
    })
  })

  it('of what a clinician took back waits for a clinician', () => {
    const retracted = { releaseClass: NUMERIC, releaseReason: ReleaseReason.RETRACTED, opensAt: null }
    expect(releaseAfterCorrection(retracted, atOnce, now, now)).toEqual(retracted)
  })
})
