import type { DiagnosticReport, Observation, Resource } from '@medplum/fhirtypes'
import { describe, expect, it } from 'vitest'
import { aLetter, anObservation, aReport, aSummary } from '../../../test/partner/records.ts'
import { sourceAt } from '../../../test/partner/portal-with-partners.ts'
import { readTrust } from '../../runtime/trust.ts'
import { DocumentState } from '../document-state.ts'
import { documentsOf } from './documents-of.ts'
import { PartnerDoor } from './partner-door.ts'
import { partnerLimits } from './partner-limits.ts'
import type { PartnerLetter, PartnerResult } from './partner-document.ts'
import { stateOf } from './show-partner-document.ts'
import { noticeOfPartner } from './partner-notice.ts'

const source = sourceAt({ fhirUrl: 'https://fhir.royalfree.example/R4', tokenUrl: 'https://login.royalfree.example' })
const partner = { source, door: new PartnerDoor(source, partnerLimits) }
const trust = readTrust('west-herts')

const all = (...resources: Resource[]) => documentsOf(resources, partner)
const one = (...resources: Resource[]) => all(...resources).documents[0]
const result = (...resources: Resource[]) => one(...resources) as PartnerResult
const letter = (resource: Resource) => one(resource) as PartnerLetter
const value = (more: Partial<Observation>) => {
  const { valueQuantity: _, ...without } = anObservation()
  return result(aReport(), { ...without, ...more }).values[0]
}

describe('a value of a partner', () => {
  it.each<[Partial<Observation>, object]>([
    [
      { valueQuantity: { value: 5, comparator: '<', unit: 'ng/L' } },
      { value: '<5', number: 5, comparator: 'LESS_THAN' },
    ],
    [{ valueQuantity: { value: 90, comparator: '>=', unit: 'mL/min' } }, { value: '>=90', comparator: 'AT_LEAST' }],
    [{ valueQuantity: { value: 250, code: '10*9/L' } }, { value: '250', unit: 'x10⁹/L' }],
    [{ valueString: 'Not detected' }, { value: 'Not detected', number: null, unit: null }],
    [{ valueCodeableConcept: { coding: [{ display: 'Positive' }] } }, { value: 'Positive' }],
    [{ valueBoolean: true }, { value: 'Yes' }],
    [{ valueRange: { low: { value: 3.5 }, high: { value: 5.3, unit: 'mmol/L' } } }, { value: '3.5 to 5.3 mmol/L' }],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 64 } } }, { value: '1:64', number: null }],
    [{ valueDateTime: '2026-11-20' }, { value: 'Friday 20 November 2026' }],
    [{ dataAbsentReason: { text: 'the sample clotted' } }, { value: 'Not available: the sample clotted' }],
    [{}, { value: '', number: null }],
    [
      { status: 'entered-in-error', valueQuantity: { value: 2 } },
      { value: '', number: null, status: 'WITHDRAWN' },
    ],
    [
      { status: 'amended', valueInteger: 7 },
      { value: '7', number: 7, status: 'CORRECTED' },
    ],
    [
      { valueInteger: 7, interpretation: [{ coding: [{ code: 'HH' }] }] },
      { flag: 'CRITICALLY_HIGH', comments: [] },
    ],
    [
      { valueInteger: 7, interpretation: [{ text: 'Dangerously high' }], note: [{ text: 'Phoned' }] },
      { flag: 'NONE', comments: ['The laboratory marked this “Dangerously high”.', 'Phoned'] },
    ],
    [
      { valueInteger: 7, interpretation: [{ coding: [{ code: 'PANIC' }] }, { coding: [{ code: 'H' }] }] },
      { flag: 'HIGH', comments: ['The laboratory marked this “PANIC”.'] },
    ],
    [{ valueInteger: 7, note: [{ text: 'Haemolysed\nRepeat' }] }, { comments: ['Haemolysed', 'Repeat'] }],
    [{ valueInteger: 7, referenceRange: [{ text: '<48' }] }, { range: { text: '<48', low: null, high: 48 } }],
    // Both ends of a range of FHIR belong to it.
    [{ valueInteger: 7, referenceRange: [{ high: { value: 48 } }] }, { range: { text: '≤48', low: null, high: 48 } }],
    [{ valueInteger: 7, referenceRange: [{ low: { value: 2 } }] }, { range: { text: '≥2', low: 2, high: null } }],
    [
      {
        valueQuantity: { value: 160, unit: 'g/L' },
        referenceRange: [
          { low: { value: 130 }, high: { value: 180 }, appliesTo: [{ text: 'Male' }] },
          { low: { value: 115 }, high: { value: 165 }, appliesTo: [{ text: 'Female' }], age: { low: { value: 18 } } },
        ],
      },
      { range: { text: 'Male: 130 to 180; Female, age 18: 115 to 165', low: null, high: null } },
    ],
    [
      {
        valueInteger: 3,
        referenceRange: [{ type: { text: 'Treatment aims at' }, low: { value: 2 }, high: { value: 3 } }],
      },
      { range: { text: 'Treatment aims at: 2 to 3', low: null, high: null } },
    ],
    [
      {
        valueQuantity: { value: 135, unit: 'g/L' },
        referenceRange: [{ low: { value: 13, unit: 'g/dL' }, high: { value: 18, unit: 'g/dL' } }],
      },
      { range: { text: '13 g/dL to 18 g/dL', low: null, high: null } },
    ],
    [{ valueInteger: 7 }, { range: { text: '115-155', low: 115, high: 155 } }],
  ])('says %j', (more, expected) => {
    expect(value(more)).toMatchObject(expected)
  })

  it('has its components and its members in order, each once', () => {
    const part = (text: string, number: number) => ({
      code: { text },
      valueQuantity: { value: number, unit: 'mm[Hg]' },
    })
    const group = anObservation({
      id: 'group',
      code: { text: 'Blood pressure' },
      hasMember: [{ reference: 'Observation/haemoglobin' }, { reference: 'Observation/group' }],
      component: [part('Upper', 120), part('Lower', 80)],
    })
    delete group.valueQuantity
    const report = aReport({ result: ['group', 'haemoglobin'].map((id) => ({ reference: `Observation/${id}` })) })
    const { documents } = all(report, group, anObservation())
    expect(documents).toHaveLength(1)
    expect((documents[0] as PartnerResult).values.map((it) => [it.id, it.name, it.value, it.unit])).toEqual([
      ['group-1', 'Blood pressure: Upper', '120', 'mmHg'],
      ['group-2', 'Blood pressure: Lower', '80', 'mmHg'],
      ['haemoglobin', 'Haemoglobin', '135', 'g/L'],
    ])
  })

  it('is a result by itself when no report names it', () => {
    expect(result(anObservation())).toMatchObject({
      type: 'Observation',
      panel: 'Haemoglobin',
      values: [{ value: '135' }],
    })
    expect(all(anObservation({ category: [{ text: 'vital signs' }] })).documents).toEqual([])
  })
})

describe('a result of a partner', () => {
  it.each<[Partial<DiagnosticReport>, DocumentState, string | null]>([
    [{}, DocumentState.READY, null],
    [{ status: 'preliminary' }, DocumentState.READY, 'Royal Free has not finished this test: the result may change.'],
    [
      { status: 'corrected', issued: '2026-11-21T08:00:00Z', meta: { lastUpdated: '2026-11-22T08:00:00Z' } },
      DocumentState.READY,
      'Royal Free corrected this on Saturday 21 November 2026. It replaces what it said before.',
    ],
    [
      { status: 'registered' },
      DocumentState.WAITING,
      'Royal Free has not finished this test. You can read the result when it has.',
    ],
    [
      { status: 'entered-in-error' },
      DocumentState.WITHDRAWN,
      'Royal Free has taken this result back. If you have a question about it, contact Royal Free.',
    ],
    [
      { category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'SP' }] }] },
      DocumentState.WAITING,
      'A clinician at Royal Free goes through this result with you. Contact them if you have not heard.',
    ],
  ])('that is %j is shown as it stands', (more, state, notice) => {
    const it = result(aReport(more), anObservation())
    expect([stateOf(it, trust), noticeOfPartner(it, stateOf(it, trust), 'Royal Free')]).toEqual([state, notice])
  })

  it('waits for a clinician here too when one of its values is of a kind that does', () => {
    const hiv = anObservation({ code: { coding: [{ system: 'http://loinc.org', code: '56888-1' }], text: 'HIV' } })
    expect(stateOf(result(aReport(), hiv), trust)).toBe(DocumentState.WAITING)
  })

  it.each([
    ['2026-11-20T15:00:00', '2026-11-20T15:00:00.000Z'],
    ['2026-06-20T15:00:00', '2026-06-20T14:00:00.000Z'],
    ['2019', '2019-01-01T00:00:00.000Z'],
    ['2019-07', '2019-06-30T23:00:00.000Z'],
    ['2019-07-03', '2019-07-02T23:00:00.000Z'],
  ])('of %s is of that moment in London', (effectiveDateTime, at) => {
    const { issued: _, ...report } = aReport({ effectiveDateTime })
    expect(result(report).writtenAt).toBe(at)
  })

  it('in words has its conclusion and its report, as text', () => {
    const presentedForm = [
      { contentType: 'text/html', data: btoa('<p>Clear <b>lungs</b></p><script>alert(1)</script>') },
    ]
    expect(result(aReport({ result: [], conclusion: 'No fracture.', presentedForm })).report).toEqual([
      { heading: 'Report', code: null, paragraphs: ['Clear lungs'], items: [] },
      { heading: 'Conclusion', code: null, paragraphs: ['No fracture.'], items: [] },
    ])
  })

  it('without any date is set aside', () => {
    const { issued: _, effectiveDateTime: __, ...report } = aReport()
    expect(all(report)).toEqual({ documents: [], unreadable: 1 })
  })
})

describe('a letter of a partner', () => {
  const coded = (system: string, code: string) => ({ type: { coding: [{ system, code }] } })
  it.each([
    ['http://loinc.org', '18842-5', 'DISCHARGE_SUMMARY'],
    ['http://snomed.info/sct', '373942005', 'DISCHARGE_SUMMARY'],
    ['http://snomed.info/sct', '823681000000100', 'OUTCOME_LETTER'],
    ['http://loinc.org', '34108-1', 'OUTCOME_LETTER'],
    ['http://loinc.org', '373942005', 'LETTER'],
    ['http://example.org', '18842-5', 'LETTER'],
  ])('of the type %s %s is a %s', (system, code, kind) => {
    expect(letter(aLetter(coded(system, code))).kind).toBe(kind)
  })

  it('that was replaced is not there, and one taken back says so', () => {
    expect(all(aLetter({ status: 'superseded' }))).toEqual({ documents: [], unreadable: 0 })
    expect(letter(aLetter({ status: 'entered-in-error' })).isWithdrawn).toBe(true)
  })

  it('is one letter when the same one is there as text and as a file', () => {
    const identifier = { system: 'https://royalfree.example/letters', value: '17' }
    const { documents } = all(aSummary({ identifier }), aLetter({ masterIdentifier: identifier }))
    expect(documents).toMatchObject([{ type: 'Composition', pdf: { in: 'DocumentReference/letter' } }])
  })

  it('has the text of sections in sections, and nothing of their markup', () => {
    const div =
      '<div><p onclick="x()">One</p><p>Two<br/>Three</p><ol><li>First</li></ol><img src="a" alt="b"/><style>p{}</style></div>'
    const section = [{ title: 'Plan', text: { status: 'generated' as const, div }, section: [{ title: 'Empty' }] }]
    expect(letter(aSummary({ section })).sections).toEqual([
      { heading: 'Plan', code: null, paragraphs: ['One', 'Two', 'Three'], items: ['First'] },
    ])
  })

  it('that says nothing and has no file tells whom to ask', () => {
    const it = letter(aLetter({ content: [{ attachment: { contentType: 'image/tiff', url: 'Binary/1' } }] }))
    expect(noticeOfPartner(it, DocumentState.READY, 'Royal Free')).toBe(
      'What it says cannot be shown here. Ask Royal Free for a copy.',
    )
  })
})
