import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EntityManager } from '@mikro-orm/sql'
import { onTestFinished } from 'vitest'
import type { Notification } from '../../scripts/demonstration/inbox-messages.ts'
import { startInbox } from '../../scripts/demonstration/inbox-server.ts'
import { aPostgresDatabase } from '../postgres.ts'
import type { Engine } from '../../subgraphs/runtime/database.ts'
import { startSubgraph, type Subgraph } from '../../subgraphs/runtime/subgraph.ts'
import { readTrust, type Trust } from '../../subgraphs/runtime/trust.ts'
import { Role, systemViewer, type Viewer } from '../../subgraphs/runtime/viewer.ts'
import { receiveEventDocument } from '../../subgraphs/runtime/worker.ts'
import type { MessagesChoreContext, MessagesExtra } from '../../subgraphs/messages/context.ts'
import { handOver } from '../../subgraphs/messages/hand-over.ts'
import { messages } from '../../subgraphs/messages/main.ts'
import { Channel, OutgoingMessage } from '../../subgraphs/messages/outgoing-message.entity.ts'
import { NotifyProvider, openNotify } from '../../subgraphs/messages/providers/notify.ts'
import { SealedTexts } from '../../subgraphs/messages/sealed-text.ts'
import { Wording } from '../../subgraphs/messages/wording.ts'
import { faultyDoor, type FaultyDoor } from './faulty-door.ts'
import { type Booked, type Code, Neighbours, type Published, type Reader } from './neighbours.ts'
import { anyAuditKey, anySharingKey } from '../alone.ts'

const templateId = randomUUID()
const apiKey = `test-${randomUUID()}-${randomUUID()}`
export const messagesKey = randomBytes(32)
export const system = systemViewer('feeds')
export const patientViewer = (patientId: string): Viewer => ({
  role: Role.PATIENT,
  actorId: `session:${patientId}`,
  patientIds: [patientId],
  scopes: [],
})

/** A clock that a test sets. */
export class TestClock {
  #now: Date

  constructor(start: string) {
    this.#now = new Date(start)
  }
  now = () => new Date(this.#now)
  set(at: string | Date) {
    this.#now = new Date(at)
  }
  pass(seconds: number) {
    this.#now = new Date(this.#now.getTime() + seconds * 1000)
  }
}

export interface WorldSettings {
  engine?: Engine
  at?: string
  trust?: Partial<Trust>
  timeLimitMilliseconds?: number
  /** False: the process that hears of events hands nothing over. */
  handsOver?: boolean
}

/** One database of `messages`, a real inbox behind a door that can fail, and any number of processes that work on it. */
export class MessagesWorld {
  readonly clock: TestClock
  readonly neighbours = new Neighbours()
  readonly logged: string[] = []
  readonly door: FaultyDoor
  readonly #trust: Trust
  readonly #database: { folder: string; url?: string }
  readonly #settings: WorldSettings
  readonly #processes: Subgraph[] = []
  #main: Subgraph | undefined
  #fork: (() => EntityManager) | undefined

  constructor(settings: WorldSettings, parts: { door: FaultyDoor; database: { folder: string; url?: string } }) {
    this.#settings = settings
    this.door = parts.door
    this.#database = parts.database
    this.clock = new TestClock(settings.at ?? '2026-06-01T10:00:00Z')
    this.#trust = { ...readTrust('west-herts'), ...settings.trust }
  }

  /** Another process on the same database. A file of SQLite belongs to one process, so there it is the same. */
  another(): Promise<Subgraph> {
    return this.#settings.engine === 'postgresql' ? this.process() : Promise.resolve(this.main)
  }

  /** A process of `messages` that works until it is stopped. */
  async process(): Promise<Subgraph> {
    const look = { name: 'look', run: async ({ fork }: { fork: () => EntityManager }) => void (this.#fork ??= fork) }
    const idle = this.#settings.handsOver === false && !this.#main
    const subgraph = await startSubgraph(
      { ...messages, chores: [...(idle ? [] : (messages.chores ?? [])), look] },
      {
        database: this.#database,
        clock: this.clock,
        trust: this.#trust,
        log: this.#log(),
        graph: this.neighbours,
        sharingKey: anySharingKey,
        auditKey: anyAuditKey,
        subscribers: {},
        extra: this.#extra(),
      },
    )
    this.#main ??= subgraph
    this.#processes.push(subgraph)
    return subgraph
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((it) => it.stop()))
  }

  /** Hands over what is due, in a process with providers and a graph of its own. */
  handOver(instead: Partial<Pick<MessagesChoreContext, 'providers' | 'graph'>>): Promise<void> {
    const fork = () => this.em()
    const context = { fork, clock: this.clock, trust: this.#trust, log: this.#log(), graph: this.neighbours }
    return handOver.run({ ...context, ...this.#extra(), ...instead })
  }

  #extra(): MessagesExtra {
    const { timeLimitMilliseconds = 10_000 } = this.#settings
    const client = openNotify({ url: new URL(this.door.url), apiKey, timeLimitMilliseconds })
    return {
      providers: {
        TEXT: new NotifyProvider(client, Channel.TEXT, templateId),
        EMAIL: new NotifyProvider(client, Channel.EMAIL, templateId),
      },
      wording: new Wording(this.#trust, new URL('http://localhost:3000')),
      texts: new SealedTexts(messagesKey),
    }
  }

  #log() {
    const write = (facts: object, message: string) => void this.logged.push(`${message} ${JSON.stringify(facts)}`)
    return { info: write, warn: write, error: write }
  }

  get main(): Subgraph {
    if (!this.#main) throw new Error('no process was started')
    return this.#main
  }

  /** Lets an event of another subgraph arrive, and everything due be done. */
  async tell(kind: string, ids: Record<string, string>, subgraph = this.main): Promise<void> {
    await this.arrive(kind, ids, subgraph)
    await subgraph.settle()
  }

  async arrive(
    kind: string,
    ids: Record<string, string>,
    subgraph = this.main,
    id: string = randomUUID(),
  ): Promise<void> {
    const named = Object.entries(ids).map(([name, value]) => ({ name, id: value }))
    const { errors } = await subgraph.execute({
      query: receiveEventDocument,
      variables: { input: { id, kind, ids: named } },
      viewer: systemViewer('patients'),
      requestId: id,
    })
    if (errors) throw new Error(errors.map(({ message }) => message).join())
  }

  async ask(query: string, variables: Record<string, unknown>, viewer: Viewer = system) {
    const { data, errors } = await this.main.execute({ query, variables, viewer, requestId: 'test' })
    return { data: data as Record<string, never> | null, errors }
  }

  async later(seconds: number): Promise<void> {
    this.clock.pass(seconds)
    await this.main.settle()
  }

  /** Everything that reached a phone or mailbox, in the order it arrived. */
  get arrived(): Notification[] {
    const file = join(this.#database.folder, 'inbox.json')
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Notification[]).reverse() : []
  }

  /** The rows of the queue, oldest first. */
  async queue(): Promise<OutgoingMessage[]> {
    return this.em().find(OutgoingMessage, {}, { orderBy: { createdAt: 'asc', dedupeKey: 'asc' } })
  }

  em(): EntityManager {
    if (!this.#fork) throw new Error('nothing has run yet')
    return this.#fork()
  }

  aBooking(overrides: Partial<Omit<Booked, 'patient'>> = {}, patient: Partial<Booked['patient']> = {}): string {
    const id = randomUUID()
    this.neighbours.appointments.set(id, {
      version: 1,
      status: 'BOOKED',
      hospitalConfirmation: 'CONFIRMED',
      cancellation: null,
      lastMove: null,
      changeRequests: [],
      startsAt: new Date(this.clock.now().getTime() + 14 * 86_400_000).toISOString(),
      ...overrides,
      patient: {
        id: randomUUID(),
        messageable: true,
        mobile: '+447700900123',
        email: 'amal@example.com',
        name: { given: ['Amal'] },
        ...patient,
      },
    })
    return id
  }

  /** What the rest of the graph says of an appointment from now on. */
  nowIs(appointmentId: string, facts: Partial<Booked>): void {
    const before = this.neighbours.appointments.get(appointmentId)
    if (!before) throw new Error('there is no such appointment')
    this.neighbours.appointments.set(appointmentId, { ...before, ...facts })
  }

  /** Somebody who can read documents, by the id of their record. */
  aReader(overrides: Partial<Reader> = {}): string {
    const id = randomUUID()
    const contacts = { mobile: '+447700900123', email: 'amal@example.com' }
    this.neighbours.readers.set(id, { id, messageable: true, ...contacts, name: { given: ['Amal'] }, ...overrides })
    return id
  }

  /** A document that its patient can read and has not read. */
  aDocument(overrides: Partial<Published> = {}): string {
    const id = randomUUID()
    const facts = { kind: 'TEST_RESULT', state: 'READY', unread: true } as const
    this.neighbours.documents.set(id, { ...facts, id, ...overrides })
    return id
  }

  aCode(overrides: Partial<Code> = {}): string {
    const id = randomUUID()
    const expiresAt = new Date(this.clock.now().getTime() + 120_000).toISOString()
    this.neighbours.codes.set(id, {
      channel: 'TEXT',
      contact: '+447700900123',
      code: '012345',
      expiresAt,
      ...overrides,
    })
    return id
  }
}

export async function aWorld(settings: WorldSettings = {}): Promise<MessagesWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'messages-'))
  const inbox = await startInbox({ port: 0, host: '127.0.0.1', folder, apiKey })
  const door = await faultyDoor(inbox.url)
  const url = settings.engine === 'postgresql' ? await aPostgresDatabase() : undefined
  const world = new MessagesWorld(settings, { door, database: { folder, ...(url && { url }) } })
  const main = await world.process()
  await main.settle()
  onTestFinished(async () => {
    await world.stop()
    await door.stop()
    await inbox.stop()
  })
  return world
}
