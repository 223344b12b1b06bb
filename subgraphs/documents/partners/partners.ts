import type { DocumentsSettings } from '../environment.ts'
import type { PartnerSource } from './partner-source.ts'

/** The partners of this trust, as one process reaches them. */
export class Partners {
  readonly sources: readonly PartnerSource[]

  constructor({ partners }: DocumentsSettings, ownCode: string) {
    if (partners.some(({ code }) => code === ownCode))
      throw new Error(`PARTNER_SOURCES: ${ownCode} is this trust itself: its own records need no partner`)
    this.sources = partners
  }
}
