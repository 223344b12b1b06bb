import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { pino } from 'pino'
import { loopback, sendHl7, startFeeds, type Ack, type Feeds, type FeedsSettings } from '../main.ts'
import { readAck } from '../mllp-client.ts'
import { BlockReader } from '../mllp/framing.ts'
import { PortalInMemory } from './portal.ts'

/** The day on which these tests live: a Sunday in winter time, 10:30. */
export const today = new Date('2026-11-22T10:30:00Z')

/** The listener on a free port, and a portal in memory behind it. */
export async function feedsWithPortal(overrides: Partial<FeedsSettings> = {}) {
  const portal = new PortalInMemory()
  const lines: string[] = []
  const url = await portal.start()
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const settings = {
    port: 0,
    host: '127.0.0.1',
    allow: loopback,
    maximumMessageBytes: 2_000_000,
    messageSeconds: 5,
    idleSeconds: 5,
    maximumConnections: 20,
    processingIds: ['P', 'T'],
    graph: { url, secret: portal.secret, retry: { firstPauseMs: 10 } },
    now: () => today,
    log,
    ...overrides,
  }
  const feeds = await startFeeds(settings)
  const send = (text: string) => sendHl7({ host: '127.0.0.1', port: feeds.port }, text, 10_000)
  const stop = async () => {
    await feeds.stop()
    await portal.stop()
  }
  return { portal, feeds, settings, send, stop, url, log: lines }
}

/** A bare connection to the listener, for what no decent sender would do. */
export class BareSender {
  readonly acks: Ack[] = []
  readonly closed: Promise<void>
  readonly #reader = new BlockReader(1_000_000)
  readonly #socket: Socket
  #waiting: (() => void)[] = []

  constructor({ port }: Pick<Feeds, 'port'>, host = '127.0.0.1') {
    this.#socket = connect({ port, host, allowHalfOpen: true })
    this.#socket.on('error', () => undefined)
    this.#socket.on('data', (chunk: Buffer) => {
      for (const block of this.#reader.read(chunk)) this.acks.push(readAck(block.bytes.toString()))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', () => resolve())
      this.#socket.once('end', () => this.#socket.end())
    })
  }

  write(bytes: Buffer | string): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()))
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  async acknowledged(count: number): Promise<Ack[]> {
    while (this.acks.length < count) await new Promise<void>((wake) => this.#waiting.push(wake))
    return this.acks
  }
}

/** A message of our own corpus. */
export const example = (name: string): string =>
  readFileSync(new URL(`../examples/${name}.hl7`, import.meta.url), 'utf8')
