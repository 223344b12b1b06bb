import { badInput } from '../runtime/problem.ts'

/** Refuses an identifier of the hospital's that is empty or longer than any real one. */
export function checkIdentifier(field: string, value: string): void {
  if (value.trim() === '' || value.length > 100) throw badInput(`${field}: use 1 to 100 characters.`)
}
