import { pino, type Logger } from 'pino'
import {
  createGraphClient,
  RefusedHospitalMessagesDocument,
  type GraphClient,
  type RetryRules,
} from '../client/main.ts'
import type { Intake } from './intake/intake.ts'
import { startReplays } from './intake/replay-requested.ts'
import { listRefused, replay, type RefusedMessage } from './intake/replay.ts'
import { takeMessage } from './intake/take-message.ts'
import { allowList } from './mllp/allow-list.ts'
import type { Hl7Address } from './mllp-client.ts'
import { listen } from './mllp/listener.ts'
import { WriteBack } from './write-back/write-back.ts'

export { allowList, loopback } from './mllp/allow-list.ts'
export { sendHl7, Hl7NotAnswered, type Ack, type Hl7Address } from './mllp-client.ts'
export {
  amendAppointment,
  bookAppointment,
  cancelAppointment,
  moveAppointment,
  registerPatient,
  updatePatient,
  type Envelope,
  type HospitalAppointment,
  type HospitalPerson,
} from './hospital/messages.ts'
export { measured, examinations, type Examination, type ExaminationName } from './hospital/laboratory.ts'
export { sendLetter, withdrawLetter, type HospitalLetter } from './hospital/letter-messages.ts'
export { reportResult, type HospitalResult } from './hospital/result-messages.ts'
export type { SentDocument } from './hospital/book.ts'
export type { HospitalSection } from './hospital/document-segments.ts'
export { openReceiver, type PortalMessage, type Receiver } from './hospital/receiver.ts'
export { runHospital, type HospitalSurroundings } from './hospital/run.ts'
export type { Answer } from './hl7/acknowledgement.ts'
export type { RefusedMessage, Replayed } from './intake/replay.ts'

/** What the feeds need to run. `feeds/environment.ts` reads it from the environment. */
export interface FeedsSettings {
  /** 0 takes any free port. */
  port: number
  host: string
  /** Addresses and networks that may send. */
  allow: readonly string[]
  tls?: { key: string; cert: string; ca?: string | undefined } | undefined
  maximumMessageBytes: number
  messageSeconds: number
  idleSeconds: number
  maximumConnections: number
  /** Values of MSH-11 that are taken: `['P']` in production. */
  processingIds: readonly string[]
  graph: {
    url: string
    /** The secret of the system client `feeds`; a function when it is only known once the graph runs. */
    secret: string | (() => string)
    /** Another way to send a request: for a graph in the same process. */
    fetch?: typeof fetch | undefined
    retry?: Partial<RetryRules> | undefined
  }
  /** Where the hospital hears what patients did; it hears nothing when this is left out. */
  writeBack?: WriteBackSettings | undefined
  /** How often the graph is asked what there is to send and to take again. */
  everyMs?: number
  /** How long one message may take before its sender is told to try again. */
  messageTimeout?: number
  now?: () => Date
  log?: Logger
  /** Of our own log, when none is given. */
  logLevel?: string
}

/** How the hospital's own system is told. */
export interface WriteBackSettings {
  hospital: Hl7Address
  /** What it calls itself: MSH-5. */
  application: string
  /** MSH-11. */
  processingId: 'P' | 'T'
  /** How long it may take to answer. */
  answerMs: number
}

/** The feeds while they run. */
export interface Feeds {
  port: number
  /** Whether messages are taken, and the graph answers. */
  ready: () => Promise<boolean>
  /** Finishes and answers the messages being taken, lets the hospital answer what it was sent, then closes every connection. */
  stop: () => Promise<void>
}

/** Listens for the hospital's messages and puts them into the graph, and tells the hospital what patients did there. */
export async function startFeeds(settings: FeedsSettings): Promise<Feeds> {
  const intake = intakeOf(settings)
  const { graph, log } = intake
  const { writeBack, everyMs = 1_000 } = settings
  const listener = await listen({
    ...settings,
    maximumBytes: settings.maximumMessageBytes,
    allows: allowList(settings.allow),
    log,
    take: (block) => takeMessage(intake, block),
  })
  log.info(
    { host: settings.host, port: listener.port, tls: settings.tls !== undefined },
    'listening for messages of the hospital',
  )
  const replays = startReplays(intake, everyMs)
  const telling = writeBack && new WriteBack({ ...writeBack, graph, log, everyMs })
  return {
    port: listener.port,
    ready: async () => listener.isListening() && (await answers(graph)),
    stop: async () => {
      await Promise.all([listener.stop(), replays.stop(), telling?.stop()])
      log.info('stopped listening for messages of the hospital')
    },
  }
}

/** The messages that were refused and are kept: to list, and to have taken again. */
export function refusedMessages(settings: IntakeSettings) {
  const intake = intakeOf(settings)
  return {
    list: () => listRefused(intake.graph),
    replay: (message: RefusedMessage) => replay(intake, message),
  }
}

type IntakeSettings = Pick<FeedsSettings, 'graph' | 'log' | 'logLevel' | 'now' | 'processingIds' | 'messageTimeout'>

const intakeOf = ({ graph, processingIds, logLevel = 'info', ...given }: IntakeSettings): Intake => ({
  graph: graphOfFeeds(graph),
  log: given.log ?? pino({ name: 'feeds', level: logLevel }),
  now: given.now ?? (() => new Date()),
  processingIds,
  messageTimeout: given.messageTimeout ?? 20_000,
})

/** The graph as the system client `feeds` sees it. */
export function graphOfFeeds({ url, secret, fetch, retry }: FeedsSettings['graph']): GraphClient {
  const bearer = () => `system.feeds.${typeof secret === 'string' ? secret : secret()}`
  return createGraphClient({ url, bearer, fetch, retry, timeout: 9_500 })
}

const answers = (graph: GraphClient) =>
  graph
    .read(RefusedHospitalMessagesDocument, { first: 1 }, { signal: AbortSignal.timeout(2_000) })
    .then(() => true)
    .catch(() => false)
