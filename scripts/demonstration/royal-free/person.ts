import type { Patient, Reference } from '@medplum/fhirtypes'
import { birthDate } from '../calendar.ts'
import { people } from '../people.ts'

/** Those of the demonstration whom the Royal Free knows, by their hospital numbers here. It has never heard of the others. */
export const knownThere = ['W100001', 'W100002', 'W100004', 'W100014']

/** Somebody of the demonstration whom the Royal Free knows too. */
export interface PersonThere {
  /** What the Royal Free calls them. */
  readonly id: string
  readonly nhsNumber: string
  readonly bornOn: string
  readonly given: readonly string[]
  readonly family: string
}

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

/** A person of ours by their number here, under their number there. */
export function personThere(id: string, hospitalNumber: string): PersonThere {
  const person = people.find((it) => it.hospitalNumber === hospitalNumber)
  if (!person?.nhsNumber) throw new Error(`${hospitalNumber} has no NHS number to be found by.`)
  const { nhsNumber, given, family, born } = person
  return { id, nhsNumber, bornOn: birthDate(born), given, family }
}

const verified = {
  url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
  valueCodeableConcept: {
    coding: [
      {
        system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
        code: 'number-present-and-verified',
      },
    ],
  },
}

/** As UK Core has people: found by their NHS number. */
export const patientOf = ({ id, nhsNumber, bornOn, given, family }: PersonThere): Patient => ({
  resourceType: 'Patient',
  id,
  meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient'] },
  identifier: [{ extension: [verified], system: nhsNumberSystem, value: nhsNumber }],
  name: [{ use: 'official', family, given: [...given] }],
  birthDate: bornOn,
})

/** Whose something is. */
export const about = ({ id, nhsNumber }: PersonThere): Reference<Patient> => ({
  reference: `Patient/${id}`,
  identifier: { system: nhsNumberSystem, value: nhsNumber },
})
