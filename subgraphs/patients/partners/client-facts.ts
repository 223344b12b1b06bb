import { badInput } from '../../runtime/problem.ts'

/** What a partner can be allowed to ask for. */
export const partnerScopes = ['patients.read', 'appointments.read', 'documents.read', 'results.read'] as const
const mostOperations = 500

/** The ODS code of an organisation: RAL. */
export function readOrganisationCode(text: string): string {
  const code = text.trim().toUpperCase()
  if (!/^[A-Z0-9]{3,10}$/.test(code))
    throw badInput('organisationCode: write the ODS code, 3 to 10 letters and digits, like RAL.')
  return code
}

/** A name that people will read, patients among them. */
export function readName(field: string, text: string, longest: number): string {
  const name = text.trim()
  if (!name || name.length > longest || /\p{C}/u.test(name))
    throw badInput(`${field}: write a name of 1 to ${longest} characters, on one line.`)
  return name
}

/** Known scopes, in the order of the list above. */
export function readScopes(scopes: readonly string[]): string[] {
  const known: readonly string[] = partnerScopes
  if (!scopes.length || scopes.some((it) => !known.includes(it)))
    throw badInput(`scopes: name at least one of ${partnerScopes.join(', ')}, and no other.`)
  return known.filter((it) => scopes.includes(it))
}

/** The operations a client may send, by their hashes. Null: any. */
export function readOperationHashes(hashes: readonly string[] | null | undefined): string[] | null {
  if (!hashes?.length) return null
  const unique = [...new Set(hashes.map((it) => it.toLowerCase()))]
  if (unique.length > mostOperations || unique.some((it) => !/^[0-9a-f]{64}$/.test(it)))
    throw badInput(`operationHashes: send up to ${mostOperations} SHA-256 hashes, each 64 hexadecimal digits.`)
  return unique.sort()
}
