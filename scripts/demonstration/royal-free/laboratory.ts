import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import { daysAgo } from './moments.ts'
import { about, type PersonThere } from './person.ts'

/** A test as the Royal Free's laboratory reports it: with its own usual range. */
interface Test {
  readonly name: string
  readonly loinc: string
  readonly unit: string
  readonly low?: number
  readonly high?: number
}

interface Panel {
  readonly name: string
  readonly loinc: string
  readonly section: 'HM' | 'CH'
  readonly tests: readonly Test[]
}

const perLitre = 'x10^9/L'

/** What the laboratory is asked for in the demonstration. */
export const panels = {
  bloodCount: {
    name: 'Full blood count',
    loinc: '58410-2',
    section: 'HM',
    tests: [
      { name: 'Haemoglobin', loinc: '718-7', unit: 'g/L', low: 115, high: 155 },
      { name: 'White cell count', loinc: '6690-2', unit: perLitre, low: 3.5, high: 11 },
      { name: 'Platelets', loinc: '777-3', unit: perLitre, low: 140, high: 400 },
      { name: 'Mean cell volume', loinc: '787-2', unit: 'fL', low: 80, high: 99 },
    ],
  },
  kidneys: {
    name: 'Kidney function',
    loinc: '24362-6',
    section: 'CH',
    tests: [
      { name: 'Sodium', loinc: '2951-2', unit: 'mmol/L', low: 135, high: 145 },
      { name: 'Potassium', loinc: '2823-3', unit: 'mmol/L', low: 3.5, high: 5.1 },
      { name: 'Creatinine', loinc: '14682-9', unit: 'umol/L', low: 49, high: 92 },
      { name: 'Estimated filtration rate', loinc: '62238-1', unit: 'mL/min/1.73m2', low: 60 },
    ],
  },
  longTermSugar: {
    name: 'HbA1c',
    loinc: '59261-8',
    section: 'CH',
    tests: [{ name: 'HbA1c', loinc: '59261-8', unit: 'mmol/mol', high: 41 }],
  },
} as const satisfies Record<string, Panel>

/** A number, "<5", or a number and the flag it was given. */
type Value = number | `<${number}` | readonly [number, 'L' | 'H' | 'LL' | 'HH']

export interface Reported {
  readonly id: string
  readonly panel: Panel
  readonly days: number
  /** In the order of the panel's tests. */
  readonly values: readonly Value[]
  readonly status?: 'preliminary' | 'final' | 'amended'
  readonly conclusion?: string
}

const laboratory = { display: 'Royal Free Hospital, blood sciences' }

/** A report of the laboratory, and the values it is made of. */
export function bloodTest(person: PersonThere, reported: Reported): [DiagnosticReport, ...Observation[]] {
  const { id, panel, days, values, status = 'final', conclusion } = reported
  const observations = values.map((value, index) => observationOf(person, reported, panel.tests[index], value, index))
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id,
    meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-DiagnosticReport-Lab'] },
    identifier: [{ system: 'https://royalfree.example/reports', value: id }],
    status,
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: panel.section, display: 'Laboratory' },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: panel.loinc, display: panel.name }], text: panel.name },
    subject: about(person),
    effectiveDateTime: daysAgo(days, '08:50'),
    issued: daysAgo(days, '15:20'),
    performer: [laboratory],
    result: observations.map((it) => ({ reference: `Observation/${it.id}`, display: it.code.text ?? '' })),
    ...(conclusion && { conclusion }),
  }
  return [report, ...observations]
}

function observationOf(
  person: PersonThere,
  { id, days, status = 'final' }: Reported,
  test: Test | undefined,
  value: Value,
  index: number,
): Observation {
  if (!test) throw new Error(`${id} has more values than its panel has tests.`)
  const { name, loinc, unit, low, high } = test
  const [number, flag] = typeof value === 'object' ? value : [value, undefined]
  const isBelow = typeof number === 'string'
  const quantity = (it: number) => ({ value: it, unit, system: 'http://unitsofmeasure.org' })
  return {
    resourceType: 'Observation',
    id: `${id}-${index + 1}`,
    status,
    code: { coding: [{ system: 'http://loinc.org', code: loinc, display: name }], text: name },
    subject: about(person),
    effectiveDateTime: daysAgo(days, '08:50'),
    performer: [laboratory],
    valueQuantity: isBelow ? { ...quantity(Number(number.slice(1))), comparator: '<' } : quantity(number),
    referenceRange: [
      { ...(low !== undefined && { low: quantity(low) }), ...(high !== undefined && { high: quantity(high) }) },
    ],
    ...(flag && {
      interpretation: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: flag }] },
      ],
    }),
  }
}
