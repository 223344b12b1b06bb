import type { Coding, Resource } from '@medplum/fhirtypes'

/** HL7's codes: not to be disclosed to the patient without a clinician; confidentiality restricted, and very restricted. */
const keptBack: Readonly<Record<string, readonly string[]>> = {
  'http://terminology.hl7.org/CodeSystem/v3-ActCode': ['NOPAT'],
  'http://terminology.hl7.org/CodeSystem/v3-Confidentiality': ['R', 'V'],
}

/** False when its hospital marked a record as one that the patient is not to read by themselves, or as sensitive. */
export const isForPatients = (resource: Resource): boolean =>
  !labelsOf(resource).some(({ system = '', code = '' }) => keptBack[system]?.includes(code))

function labelsOf(resource: Resource): Coding[] {
  const labels = resource.meta?.security ?? []
  if (resource.resourceType === 'DocumentReference')
    return [...labels, ...(resource.securityLabel ?? []).flatMap(({ coding = [] }) => coding)]
  if (resource.resourceType !== 'Composition' || !resource.confidentiality) return labels
  return [
    ...labels,
    { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: resource.confidentiality },
  ]
}
