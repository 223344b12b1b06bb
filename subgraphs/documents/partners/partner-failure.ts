/** What went wrong at a partner: said in the log, never to a patient. */
export type FailureCause =
  | 'NO_ANSWER'
  | 'NO_TOKEN'
  | 'STATUS'
  | 'REDIRECT'
  | 'TOO_LARGE'
  | 'NOT_FHIR'
  | 'OTHER_HOST'
  | 'NOT_VALIDATED'
  | 'UNREADABLE_PERSON'

/** The partner did not do what it should. Another try may find it well again. */
export class PartnerFailure extends Error {
  readonly code: string

  constructor(
    readonly failure: FailureCause,
    readonly detail?: string | number,
    options?: ErrorOptions,
  ) {
    super(`the partner failed: ${failure}`, options)
    this.code = detail === undefined ? failure : `${failure} ${detail}`
  }
}

/** The partner answered, and what it has of this one patient is broken: it is no reason to leave it alone for all others. */
export class BrokenForOnePatient extends PartnerFailure {}

/** The partner says that this portal may not read what was asked for: of this patient, as far as anybody knows. */
export class PartnerWithholds extends Error {}
