import { createHash } from 'node:crypto'
import type { SystemClient } from '../gateway/main.ts'
import type { Secrets } from './secrets.ts'

/** Our own parts as the gateway knows them: by the hash of their secret. */
export const systemClients = (secrets: Secrets): SystemClient[] =>
  Object.entries({
    feeds: secrets.SYSTEM_SECRET_FEEDS,
    messages: secrets.SYSTEM_SECRET_MESSAGES,
    documents: secrets.SYSTEM_SECRET_DOCUMENTS,
  }).map(([id, secret]) => ({ id, secretHash: createHash('sha256').update(secret).digest('base64url') }))
