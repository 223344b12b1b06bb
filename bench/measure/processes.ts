import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { request } from 'undici'
import { type Place, placed } from '../machine.ts'

const readyWithinMilliseconds = 60_000
const stopWithinMilliseconds = 10_000

/** A process that is measured. */
export interface Running {
  readonly pid: number
  /** What it has printed so far. */
  output(): string
  stop(): Promise<void>
}

export interface Start {
  readonly place: Place
  readonly args: readonly string[]
  readonly environment: Record<string, string>
  readonly cwd?: string
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a program of this Node's, with the settings given and none of ours. */
export function start({ place, args, environment, cwd }: Start): Running {
  const [program, all] = placed(place, process.execPath, args)
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(program, all, {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd && { cwd }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  running.add(child)
  const ended = once(child, 'exit').finally(() => running.delete(child))
  ended.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async stop() {
      if (!running.has(child)) return
      child.kill('SIGTERM')
      const late = setTimeout(stopWithinMilliseconds, 'late', { ref: false })
      if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL')
      await ended
    },
  }
}

/** Waits until an address answers 200, or says why it never will. */
export async function answers(url: string, process: Running): Promise<void> {
  const giveUpAt = performance.now() + readyWithinMilliseconds
  while (performance.now() < giveUpAt) {
    if (!isAlive(process)) throw new Error(`What should answer at ${url} has ended:\n${process.output()}`)
    if (await isOk(url)) return
    await setTimeout(10)
  }
  throw new Error(`${url} did not answer within a minute:\n${process.output()}`)
}

const isAlive = ({ pid }: Running) => [...running].some((child) => child.pid === pid)

async function isOk(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, { headers: { 'apollo-require-preflight': 'true' } })
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}

/** Ports nobody uses just now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
