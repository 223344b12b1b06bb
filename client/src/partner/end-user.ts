/** The person for whom you ask: a clinician, a clerk. The patient sees who looked. */
export interface EndUser {
  /** What your system calls them, the same every time: 1 to 100 printable ASCII characters. */
  readonly id: string
  /** What they are there, in words a patient understands: "Consultant", "Ward clerk". */
  readonly role: string
}

const most = 100
const plain = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/

/** The headers that name the person. Throws what is wrong with them. */
export function endUserHeaders({ id, role }: EndUser): Record<string, string> {
  return {
    'x-end-user-id': checked('endUser.id', id, id),
    'x-end-user-role': checked('endUser.role', role, encoded(role)),
  }
}

/** A header carries ASCII alone. What a percent sign would be taken for is encoded too. */
const encoded = (role: string) => (plain.test(role) && !role.includes('%') ? role : encodeURIComponent(role))

function checked(name: string, given: string, header: string): string {
  if (plain.test(header) && header.length <= most) return header
  throw new TypeError(
    `${name}: must be 1 to ${most} printable ASCII characters without a space at its ends (got ${JSON.stringify(given)})`,
  )
}
