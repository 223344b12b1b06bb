import { defineEntity, p } from '@mikro-orm/core'
import type { LetterSection } from '../booking-letters/letter-content.ts'
import { HospitalDocument } from '../hospital-document.entity.ts'
import { ReleaseClass, ReleaseReason } from './release-words.ts'
import { TestResultStatus } from './test-result-status.ts'

const TestResultTable = defineEntity({
  name: 'TestResult',
  extends: HospitalDocument,
  discriminatorValue: 'TEST_RESULT',
  properties: {
    resultStatus: p.enum(() => TestResultStatus),
    releaseClass: p.enum(() => ReleaseClass),
    releaseReason: p.enum(() => ReleaseReason),
    /** By the rules it never opens by itself. */
    clinicianOpens: p.boolean().default(false),
    /** When the hold of a clinician ends, whatever the laboratory sends meanwhile; null when there is none. */
    heldUntil: p.datetime(3).nullable(),
    /** Since when it waits to be opened; null when it is open, or was withdrawn. */
    waitingSince: p.datetime(3).nullable(),
    /** How many steps its release has seen: what a page of the staff desk showed. */
    releaseSteps: p.integer().default(0),
    panel: p.text(),
    panelCode: p.string().nullable(),
    panelSystem: p.string().nullable(),
    /** HL7 table 0074. */
    department: p.string().nullable(),
    requestedBy: p.text().nullable(),
    laboratory: p.text(),
    specimen: p.text().nullable(),
    collectedAt: p.datetime(3).nullable(),
    reportedAt: p.datetime(3).nullable(),
    comments: p.json<string[]>(),
    report: p.json<LetterSection[]>(),
  },
  indexes: [
    { name: 'result_open', properties: ['form', 'opensAt', 'id'], where: 'withdrawn_at is null' },
    {
      name: 'result_waiting',
      properties: ['opensAt', 'waitingSince', 'id'],
      where: 'waiting_since is not null',
    },
  ],
})

/** One panel as one laboratory or department reported it. */
export class TestResult extends TestResultTable.class {
  override get sharedAs() {
    return 'RESULTS'
  }

  isFinished(): boolean {
    return this.resultStatus === TestResultStatus.FINAL || this.resultStatus === TestResultStatus.CORRECTED
  }

  /** Why a clinician cannot open it, in words for them; undefined when they can. */
  whyNotRelease(now: Date): string | undefined {
    if (this.withdrawnAt) return takenBack
    if (this.isOpen(now)) return 'The patient can read this result already.'
    if (!this.isFinished()) return 'The laboratory has not finished this result. You can release it when it has.'
    return undefined
  }

  whyNotHold(now: Date): string | undefined {
    if (this.withdrawnAt) return takenBack
    if (this.isOpen(now)) return 'The patient can read this result already. Take it back if they should not.'
    if (!this.isFinished()) return 'The laboratory has not finished this result. You can hold it when it has.'
    if (this.clinicianOpens)
      return 'Only a clinician opens this result, and the end of a hold would open it. Leave it as it is, or release it.'
    return undefined
  }

  whyNotRetract(now: Date): string | undefined {
    if (this.withdrawnAt) return takenBack
    return this.isOpen(now) ? undefined : 'The patient cannot read this result, so there is nothing to take back.'
  }

  release(now: Date): void {
    this.releaseReason = ReleaseReason.RELEASED
    this.opensAt = now
    this.heldUntil = null
    this.waitingSince = null
  }

  hold(opensAt: Date): void {
    this.releaseReason = ReleaseReason.HELD
    this.opensAt = opensAt
    this.heldUntil = opensAt
  }

  /** The hospital asks for it not to be shown before: what waits waits as long, and what is open stays so. */
  delay(until: Date, now: Date): void {
    if (this.opensAt && !this.isOpen(now) && this.opensAt < until) this.opensAt = until
  }

  /** Should it be opened again, the patient has not read it, and is told. */
  retract(now: Date): void {
    this.releaseReason = ReleaseReason.RETRACTED
    this.opensAt = null
    this.waitingSince = now
    this.beUnread()
  }

  /** Its time has come. */
  open(): void {
    this.waitingSince = null
  }

  withdraw(now: Date): void {
    this.resultStatus = TestResultStatus.WITHDRAWN
    this.withdrawnAt = now
    this.heldUntil = null
    this.waitingSince = null
  }

  beUnread(): void {
    this.readAt = null
    this.toldAt = null
  }
}
TestResultTable.setClass(TestResult)

const takenBack = 'The laboratory has taken this result back: there is nothing left to open or to hold.'
