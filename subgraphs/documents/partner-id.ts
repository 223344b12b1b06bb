/** A partner's document is called by its trust, its FHIR type and its FHIR id, with dots between; ours by a UUID. */
export const isOfPartner = (id: string) => id.includes('.')
