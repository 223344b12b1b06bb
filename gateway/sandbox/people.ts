import type { Role } from '../viewer.ts'

/** Somebody of the demonstration, as `/sandbox/people` lists them. */
export interface Person {
  id: string
  role: Role
  label: string
}

/** Whom the demonstration lets one ask as; nobody where there is none. */
export async function peopleOfTheDemonstration(): Promise<Person[]> {
  const response = await fetch('/sandbox/people')
  return response.ok ? ((await response.json()) as Person[]) : []
}

/** A fresh token of theirs, or why there is none just now. */
export async function tokenOf(id: string): Promise<{ token?: string; why?: string }> {
  const response = await fetch(`/sandbox/people/${encodeURIComponent(id)}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const answer = (await response.json()) as { token?: string; errors?: { message: string }[] }
  const [error] = answer.errors ?? []
  return { ...(answer.token !== undefined && { token: answer.token }), ...(error && { why: error.message }) }
}
