import { createServer, type AddressInfo, type Server } from 'node:net'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startPostgres, type PostgresServer } from './postgres-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Port of the door at which a test file asks for an empty database. */
    postgresDoor: number
  }
}

/**
 * Vitest's global set-up: one PostgreSQL for the whole run, started when the first test file asks, so that a run
 * on SQLite alone pays nothing. Each connection to the door is answered with the URL of a new, empty database.
 */
export default async function postgresOnDemand(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined
  let count = 0
  const door = createServer((caller) => {
    caller.on('error', () => caller.destroy())
    server ??= startPostgres()
    server
      .then(({ url }) => emptyDatabase(url, `test_${++count}`))
      .then(
        (url) => caller.end(url),
        (error: unknown) => caller.end(`PostgreSQL could not be started: ${String(error)}`),
      )
  })
  project.provide('postgresDoor', await opened(door))
  return async () => {
    door.close()
    await server?.then(
      ({ stop }) => stop(),
      () => undefined,
    )
  }
}

function opened(door: Server): Promise<number> {
  return new Promise((resolve) => {
    door.listen(0, '127.0.0.1', () => resolve((door.address() as AddressInfo).port))
  })
}

async function emptyDatabase(serverUrl: string, name: string): Promise<string> {
  const owner = new pg.Client(serverUrl)
  await owner.connect()
  await owner.query(`create database ${name}`)
  await owner.end()
  const url = new URL(serverUrl)
  url.pathname = name
  return url.href
}
