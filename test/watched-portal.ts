import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { vi } from 'vitest'
import { loopback, startFeeds, type Feeds } from '../feeds/main.ts'
import { type Inbox, startInbox } from '../scripts/demonstration/inbox-server.ts'
import { messagesExtra } from '../subgraphs/messages/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import { type Handed, recordingDoor } from './canary.ts'
import type { FakeClock } from './clock.ts'
import { world, type World } from './world.ts'

interface WatchedSettings {
  clock: FakeClock
  /** Where each line of every log goes, and whatever else is written. */
  lines: string[]
  /** Where the addresses go that the message service is asked at. */
  urls: string[]
  /** Where the messages go as they are handed to it. */
  handed?: Handed[]
  /** The port of the hospital's system, to tell it what patients do. */
  hospitalPort?: number
}

/** The portal with its feeds, and everything it writes down for those who run it. */
export interface WatchedPortal {
  readonly portal: World
  readonly inbox: Inbox
  readonly feeds: Feeds
  /** What the message service is reached through. */
  readonly door: Awaited<ReturnType<typeof recordingDoor>>
  stop(): Promise<void>
}

/** A log of one part that goes where `lines` are kept. */
export const logInto = (lines: string[]) => (part: string) =>
  pino({ level: 'trace', base: { part } }, { write: (line: string) => void lines.push(line) })

export async function watchedPortal(settings: WatchedSettings): Promise<WatchedPortal> {
  const { clock, lines, urls, handed, hospitalPort } = settings
  watchTheScreen(lines)
  const logOf = logInto(lines)
  const apiKey = `canary-${randomUUID()}-${randomUUID()}`
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'))
  const inbox = await startInbox({ port: 0, host: '127.0.0.1', folder, apiKey })
  const door = await recordingDoor(inbox.url, urls, handed)
  const trust = { ...readTrust('west-herts'), quietHours: null }
  const messages = {
    publicUrl: new URL('https://portal.example'),
    messagesKey: Buffer.alloc(32, 3),
    notify: { url: new URL(door.url), apiKey, textTemplateId: randomUUID(), emailTemplateId: randomUUID() },
  }
  const portal = await world({ clock, more: { openLog: logOf, messages: { ...messagesExtra(messages, trust) } } })
  Object.assign(portal, { inbox })
  const feeds = await startFeeds({
    port: 0,
    host: '127.0.0.1',
    allow: loopback,
    maximumMessageBytes: 2_000_000,
    messageSeconds: 5,
    idleSeconds: 5,
    maximumConnections: 20,
    processingIds: ['P'],
    graph: { url: portal.url, secret: portal.secrets.SYSTEM_SECRET_FEEDS, retry: { firstPauseMs: 10 } },
    ...(hospitalPort !== undefined && { writeBack: writeBackTo(hospitalPort), everyMs: 25 }),
    now: () => clock.now(),
    log: logOf('feeds'),
  })
  const stop = async () => {
    await feeds.stop()
    await portal.stop()
    await door.stop()
    await inbox.stop()
    vi.restoreAllMocks()
  }
  return { portal, inbox, feeds, door, stop }
}

const writeBackTo = (port: number) => ({
  hospital: { host: '127.0.0.1', port },
  application: 'PAS',
  processingId: 'T' as const,
  answerMs: 300,
})

/** Whatever goes past the log is looked at as well. */
function watchTheScreen(lines: string[]): void {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk: unknown) => lines.push(String(chunk)) > 0)
  for (const method of ['log', 'warn', 'error', 'info'] as const)
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => void lines.push(words.join(' ')))
}
