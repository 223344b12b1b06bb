import { z } from 'zod'
import { unavailable } from './problem.ts'
import type { Role } from './viewer.ts'

/** Somebody whom the sandbox can ask as. */
export interface DemonstrationPerson {
  id: string
  role: Role
  label: string
}

/** The people and systems of a demonstration. Never given in production. */
export interface Demonstration {
  people(): Promise<readonly DemonstrationPerson[]>
  /** A fresh token, as that person would get by logging in. */
  token(id: string): Promise<string>
}

/** Where another process has a demonstration, and the key it is asked with. */
export interface DemonstrationAddress {
  url: string
  key: string
}

const peopleThere = z.array(
  z.object({ id: z.string(), role: z.enum(['ANONYMOUS', 'PATIENT', 'PARTNER', 'STAFF', 'SYSTEM']), label: z.string() }),
)
const tokenThere = z.object({ token: z.string() })

/** A staff token may have to wait for the next code of the app. */
const LONGEST_MS = 40_000

/** The demonstration of another process, for a gateway that is one by itself. */
export function demonstrationAt({ url, key }: DemonstrationAddress): Demonstration {
  const ask = async (path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}` }
    const response = await fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(LONGEST_MS) })
    if (!response.ok) throw unavailable()
    return response.json()
  }
  return {
    people: async () => peopleThere.parse(await ask('/people')),
    token: async (id) => tokenThere.parse(await ask(`/people/${encodeURIComponent(id)}/token`)).token,
  }
}
