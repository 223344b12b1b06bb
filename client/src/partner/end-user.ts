/** The person for whom you ask: a clinician, a clerk. The patient sees who looked. */
export interface EndUser {
  /** What your system calls them, the same every time: 1 to 100 printable ASCII characters. */
  readonly id: string
  /** What they are there, in words a patient understands, such as "Consultant": 1 to 100 printable characters. */
  readonly role: string
}

const ascii = /^(?! )[ -~]{1,100}(?<! )$/
/** No character that is invisible or turns the text around it: people read this. */
const legible = /^(?! )[^\p{C}\p{Zl}\p{Zp}]{1,100}(?<! )$/u

/** The headers that name the person. Throws what is wrong with them. */
export function endUserHeaders({ id, role }: EndUser): Record<string, string> {
  if (!ascii.test(id)) throw wrong('endUser.id', 'ASCII characters', id)
  if (!legible.test(role)) throw wrong('endUser.role', 'characters', role)
  return { 'x-end-user-id': id, 'x-end-user-role': encoded(role) }
}

/** A header carries ASCII alone, and the portal decodes what a percent sign stands before. */
const encoded = (role: string) => (ascii.test(role) && !role.includes('%') ? role : encodeURIComponent(role))

const wrong = (name: string, kind: string, given: string) =>
  new TypeError(
    `${name}: must be 1 to 100 printable ${kind}, without a space at either end (got ${JSON.stringify(given)})`,
  )
