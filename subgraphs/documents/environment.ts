import { z } from 'zod'
import { type PartnerSource, readPartnerSources } from './partners/partner-source.ts'

const key = z
  .string({ error: 'is missing; make one with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "="' })
  .regex(/^[\w-]{43}$/, 'must be 32 bytes as base64url (43 characters)')

/** What `documents` needs to know from outside. */
export interface DocumentsSettings {
  /** Seals the copies of what partners said. */
  readonly documentsKey: Buffer
  readonly partners: readonly PartnerSource[]
}

/** Reads the settings, or throws with one line for each fault. A secret is never quoted. */
export function readDocumentsSettings(environment: NodeJS.ProcessEnv): DocumentsSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const documentsKey = key.safeParse(given.DOCUMENTS_KEY)
  const partners = readPartnerSources(given)
  const faults = [
    ...(documentsKey.error?.issues.map(({ message }) => `DOCUMENTS_KEY: ${message}`) ?? []),
    ...partners.faults,
  ]
  if (!documentsKey.success || faults.length) throw new Error(faults.join('\n'))
  return { documentsKey: Buffer.from(documentsKey.data, 'base64url'), partners: partners.sources }
}
