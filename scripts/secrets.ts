import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const keys = [
  'SUBGRAPH_KEY_PATIENTS',
  'SUBGRAPH_KEY_APPOINTMENTS',
  'SUBGRAPH_KEY_DOCUMENTS',
  'SUBGRAPH_KEY_MESSAGES',
  'SYSTEM_SECRET_FEEDS',
  'SYSTEM_SECRET_MESSAGES',
  'SYSTEM_SECRET_DOCUMENTS',
  'WEB_SIGNING_KEY',
  'PATIENTS_KEY',
  'MESSAGES_KEY',
  'DOCUMENTS_KEY',
  'SHARING_KEY',
  'AUDIT_KEY',
] as const

export type Secrets = Record<(typeof keys)[number], string>

/** Well formed and worth nothing: to check the other settings with. */
export const anySecrets = Object.fromEntries(keys.map((name) => [name, 'A'.repeat(43)])) as Secrets

/**
 * The secrets of one machine: from the environment, else from a file that only its owner can read, else made now. In
 * production none is made: a missing one stops the start.
 */
export function readSecrets(folder: string, environment: NodeJS.ProcessEnv, production: boolean): Secrets {
  const file = join(folder, 'secrets.json')
  const kept = readKept(file)
  const faults: string[] = []
  let isNew = false
  const secrets = Object.fromEntries(
    keys.map((name) => {
      const given = environment[name] || (production ? undefined : kept[name])
      if (given !== undefined && !isKey(given)) faults.push(malformed(name))
      if (given !== undefined) return [name, given]
      if (production)
        faults.push(`${name}: is missing. In production every secret is given by you: 32 random bytes in base64url`)
      isNew = true
      return [name, randomBytes(32).toString('base64url')]
    }),
  ) as Secrets
  if (faults.length) throw new Error(faults.join('\n'))
  if (isNew) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  }
  return secrets
}

const isKey = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)
const malformed = (name: string) => `${name}: must be 32 random bytes in base64url, 43 characters`

/** One secret of a portal that has run before. None is made. */
export function readSecret(
  name: keyof Secrets,
  folder: string,
  environment: NodeJS.ProcessEnv,
  production: boolean,
): string {
  const secret = environment[name] || (production ? undefined : readKept(join(folder, 'secrets.json'))[name])
  if (secret === undefined) throw new Error(`${name}: is missing. Give the one that the portal runs with.`)
  if (!isKey(secret)) throw new Error(malformed(name))
  return secret
}

/** A file that is damaged is not written over: with new keys, what was sealed with the old ones could not be read again. */
function readKept(file: string): Partial<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Error(`${file}: cannot be read. Put back a copy, or delete it to begin with new secrets.`, {
      cause: error,
    })
  }
}

/** With which the portal of a demonstration asks the hospital that it plays partner to. */
export const demonstrationPartnerSecret = randomBytes(32).toString('base64url')

/** A key in the form in which GOV.UK Notify gives them, for the demonstration's own message server. */
export const demonstrationNotifyKey = `demonstration-${randomUUID()}-${randomUUID()}`
