import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'

/** The URL of a new, empty PostgreSQL database. The server starts at the first call of a run and goes at its end. */
export async function aPostgresDatabase(): Promise<string> {
  const answer = await text(connect(inject('postgresDoor'), '127.0.0.1'))
  if (!answer.startsWith('postgres://')) throw new Error(answer)
  return answer
}
