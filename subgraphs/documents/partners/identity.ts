import { createHmac } from 'node:crypto'

/** By what a partner knows a person. Both must be theirs. */
export interface Identity {
  readonly nhsNumber: string
  readonly bornOn: string
}

/** An identity that can be compared and not read. */
export const identityMark = (key: Buffer, { nhsNumber, bornOn }: Identity): string =>
  createHmac('sha256', key).update(`partner-copy;${nhsNumber};${bornOn}`).digest('base64url')
