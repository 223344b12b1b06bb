import { createRequire } from 'node:module'
import type { Bundle, Patient, Resource } from '@medplum/fhirtypes'
import { patientOf, type PersonThere } from './person.ts'

const require = createRequire(import.meta.url)
const folder = 'cql-exec-fhir/test/fixtures/r4'

/** People made up by Synthea, as the package cql-exec-fhir brings them. */
export const madeUp = {
  johnnie: `${folder}/Johnnie679_Hermiston71_2cd30bd6-3a87-4191-af90-6daa70f58f55.json`,
  luna: `${folder}/Luna60_McCullough561_6662f0ca-b617-4e02-8f55-7275e9f49aa0.json`,
}

const dayInMs = 24 * 60 * 60 * 1000

/**
 * All the records of a made-up person, given to somebody of the demonstration: their names and numbers, and every date moved by as
 * much as their birthdays are apart, so that nothing happens before they were born.
 */
export function recordsOfMadeUp(file: string, person: PersonThere): Resource[] {
  const { entry = [] } = require(file) as Bundle
  const original = entry.map(({ resource }) => resource).find((it): it is Patient => it?.resourceType === 'Patient')
  if (!original?.birthDate) throw new Error(`${file} has no patient with a date of birth.`)
  const days = (Date.parse(person.bornOn) - Date.parse(original.birthDate)) / dayInMs
  const places = new Map(
    entry.map(({ fullUrl = '', resource }) => [
      fullUrl,
      resource === original ? `Patient/${person.id}` : `${resource?.resourceType}/${resource?.id}`,
    ]),
  )
  return entry.flatMap(({ resource }) => {
    if (!resource) return []
    if (resource === original) return [patientOf(person)]
    return [rewritten(resource, (text) => places.get(text) ?? moved(text, days)) as Resource]
  })
}

function rewritten(value: unknown, write: (text: string) => string): unknown {
  if (typeof value === 'string') return write(value)
  if (Array.isArray(value)) return value.map((it) => rewritten(it, write))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, rewritten(it, write)]))
}

/** A date, or a time with its zone, so many days later; any other text as it is. */
function moved(text: string, days: number): string {
  const [, date, rest] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d.*)?$/.exec(text) ?? []
  if (date === undefined) return text
  return new Date(Date.parse(date) + days * dayInMs).toISOString().slice(0, 10) + (rest ?? '')
}
