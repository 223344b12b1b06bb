import type { DiagnosticReport } from '@medplum/fhirtypes'
import { daysAgo } from './moments.ts'
import { about, type PersonThere } from './person.ts'

export interface ReportInWords {
  readonly id: string
  readonly days: number
  readonly name: string
  readonly loinc: string
  /** HL7 table 0074: RAD for imaging, SP for histology. */
  readonly section: 'RAD' | 'SP'
  readonly department: string
  readonly conclusion: string
}

/** A report that is read and not measured: a scan, or what was seen under the microscope. */
export function reportInWords(person: PersonThere, report: ReportInWords): DiagnosticReport {
  const { id, days, name, loinc, section, department, conclusion } = report
  return {
    resourceType: 'DiagnosticReport',
    id,
    identifier: [{ system: 'https://royalfree.example/reports', value: id }],
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: section }] }],
    code: { coding: [{ system: 'http://loinc.org', code: loinc, display: name }], text: name },
    subject: about(person),
    effectiveDateTime: daysAgo(days, '11:10'),
    issued: daysAgo(days, '17:45'),
    performer: [{ display: department }],
    conclusion,
  }
}

/** A report as no standard allows it: a status nobody knows, no code, and a time that is none. It must harm no other. */
export const brokenReport = (person: PersonThere, id: string) =>
  ({
    resourceType: 'DiagnosticReport',
    id,
    status: 'finished',
    subject: about(person),
    effectiveDateTime: 'last Tuesday',
  }) as unknown as DiagnosticReport
