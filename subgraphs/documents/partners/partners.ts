import { createHmac, hkdfSync } from 'node:crypto'
import type { DocumentsSettings } from '../environment.ts'
import type { Identity } from './identity.ts'
import { Partner } from './partner.ts'
import { type PartnerLimits, partnerLimits } from './partner-limits.ts'
import type { PartnerSource } from './partner-source.ts'
import { Validation } from './validation.ts'

/** The partners of this trust, as one process reaches them, and the keys of what is kept of them. */
export class Partners {
  readonly all: readonly Partner[]
  readonly sealingKey: Buffer
  readonly #identityKey: Buffer
  readonly #validation = new Validation()

  constructor({ partners, documentsKey }: DocumentsSettings, ownCode: string, more: Partial<PartnerLimits> = {}) {
    if (partners.some(({ code }) => code === ownCode))
      throw new Error(`PARTNER_SOURCES: ${ownCode} is this trust itself: its own records need no partner`)
    const limits = { ...partnerLimits, ...more }
    const validation = this.#validation
    this.all = partners.map((source) => new Partner({ source, limits, validation, ownCode }))
    this.sealingKey = derived(documentsKey, 'copies of partners')
    this.#identityKey = derived(documentsKey, 'identities at partners')
  }

  get sources(): readonly PartnerSource[] {
    return this.all.map(({ source }) => source)
  }

  of(code: string): Partner | undefined {
    return this.all.find(({ source }) => source.code === code)
  }

  /** An identity that can be compared and not read. */
  markOf({ nhsNumber, bornOn }: Identity): string {
    return createHmac('sha256', this.#identityKey).update(`${nhsNumber};${bornOn}`).digest('base64url')
  }
}

/** One key for one use. */
const derived = (key: Buffer, use: string) => Buffer.from(hkdfSync('sha256', key, '', use, 32))
