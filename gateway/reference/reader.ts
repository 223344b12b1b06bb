import type { FieldRule } from '../field-rules.ts'
import type { Role } from '../viewer.ts'

/** Somebody who reads the reference: a role, and what its people are called. */
export interface Reader {
  role: Role
  /** The folder of their pages. */
  folder: string
  /** As in "For patients". */
  name: string
  /** Who they are, and how they say so. */
  who: string
}

export const readers: readonly Reader[] = [
  {
    role: 'ANONYMOUS',
    folder: 'anybody',
    name: 'anybody',
    who: 'Whoever has no token: the pages before the log in, and the log in itself.',
  },
  {
    role: 'PATIENT',
    folder: 'patients',
    name: 'patients',
    who: 'A person who has logged in. The token is what `finishLogin` gave. Everything is about their own record.',
  },
  {
    role: 'PARTNER',
    folder: 'partners',
    name: 'partner organisations',
    who: 'A system of another hospital, with an access token (`/oauth/token`) and the headers `x-end-user-id` and `x-end-user-role`. It sees what a patient shares with it, as far as its scopes go. `docs/partner-quick-start.md` leads from a key to the first answer.',
  },
  {
    role: 'STAFF',
    folder: 'staff',
    name: 'staff at the desk',
    who: 'Those who work at the staff desk. The token is what `logInStaff` gave. They meet patients through the clinics they work for.',
  },
  {
    role: 'SYSTEM',
    folder: 'systems',
    name: "the hospital's own systems",
    who: 'The feeds and other parts of this installation, each with a secret of its own.',
  },
]

const inList = new Intl.ListFormat('en-GB')

/** The names of some roles: "patients and staff at the desk". */
export const namesOf = (roles: Iterable<string>): string =>
  inList.format(readers.filter((it) => [...roles].includes(it.role)).map((it) => it.name))

/** Who may use a field, as a reader of everything is told it. */
export function whoMay({ roles, scopes }: FieldRule): string {
  if (readers.every((it) => roles.has(it.role)) && scopes.length === 0) return 'everybody'
  const needed = scopes.length > 0 && roles.has('PARTNER') ? ` (with ${inList.format(scopes)})` : ''
  return inList.format(
    readers.filter((it) => roles.has(it.role)).map((it) => (it.role === 'PARTNER' ? it.name + needed : it.name)),
  )
}
