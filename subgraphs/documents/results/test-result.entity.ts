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
})

/** One panel as one laboratory or department reported it. */
export class TestResult extends TestResultTable.class {}
TestResultTable.setClass(TestResult)
