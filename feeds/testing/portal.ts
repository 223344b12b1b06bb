import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, type DocumentNode, execute, GraphQLError, parse, validate } from 'graphql'
import { DocumentsInMemory } from './documents.ts'
import { MessageBook } from './message-book.ts'
import { NoticesInMemory } from './notices.ts'
import { RecordInMemory } from './record.ts'

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'))

const documents = new Map<string, DocumentNode>()
/** The operation, read and checked against the schema once; or what is wrong with it. */
function checked(query: string): DocumentNode | GraphQLError {
  const document = documents.get(query) ?? parse(query)
  const [fault] = documents.has(query) ? [] : validate(schema, document)
  if (fault) return fault
  documents.set(query, document)
  return document
}

type Input = { idempotencyKey: string }
interface Trouble {
  field: string
  code: string
  /** The mutation is done, and its answer is lost. */
  afterCommit: boolean
}

/** A graph at its HTTP boundary: the real schema, a record in memory, idempotency as the real one keeps it. */
export class PortalInMemory {
  readonly record = new RecordInMemory()
  readonly documents = new DocumentsInMemory(this.record.clinics)
  readonly book = new MessageBook()
  readonly notices = new NoticesInMemory()
  /** Every mutation that was really done, in order. */
  readonly done: { field: string; input: Input & Record<string, unknown> }[] = []
  readonly secret = 'a-secret-of-32-bytes'
  readonly #answers = new Map<string, { body: string; outcome: unknown }>()
  #troubles: Trouble[] = []
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  /** The next calls of this field fail, so many times. */
  trouble(field: string, code: string, { times = 1, afterCommit = false } = {}): void {
    for (let count = 0; count < times; count++) this.#troubles.push({ field, code, afterCommit })
  }

  /** What the first of these mutations was asked. */
  inputOf(field: string): Record<string, unknown> {
    return this.done.find((it) => it.field === field)?.input ?? {}
  }

  /** As on the first day. */
  forget(): void {
    this.#troubles = []
    this.#answers.clear()
    this.done.length = 0
    this.record.people.clear()
    this.record.appointments.clear()
    this.record.stays.clear()
    this.record.merges.clear()
    this.record.changedByPatient.clear()
    this.documents.all.clear()
    this.documents.incomplete.clear()
    this.book.entries.length = 0
    this.notices.all.length = 0
  }

  /** The same answers without a connection: for thousands of them. */
  readonly fetch: typeof fetch = async (_, init) => {
    const result = await this.#execute(String(init?.body), new Headers(init?.headers).get('authorization') ?? '')
    return new Response(JSON.stringify(result), { headers: { 'content-type': 'application/json' } })
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    if (body.length > 30_000_000) return void response.writeHead(413).end()
    const result = await this.#execute(body.toString(), request.headers.authorization ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
  }

  async #execute(body: string, authorization: string) {
    if (authorization !== `Bearer system.feeds.${this.secret}`)
      return { errors: [{ message: 'Who are you?', extensions: { code: 'UNAUTHENTICATED' } }] }
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
    const document = checked(query)
    if (document instanceof GraphQLError)
      return { errors: [{ message: document.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }
    return execute({ schema, document, variableValues: variables, rootValue: this.#root })
  }

  readonly #root = {
    recordPatient: this.#mutation('recordPatient', (input) => this.record.recordPatient(input as never)),
    recordAppointment: this.#mutation('recordAppointment', (input) => this.record.recordAppointment(input as never)),
    recordCancellation: this.#mutation('recordCancellation', (input) => this.record.recordCancellation(input as never)),
    recordAttendance: this.#mutation('recordAttendance', (input) => this.record.recordAttendance(input as never)),
    recordArrangements: this.#mutation('recordArrangements', (input) => this.record.recordArrangements(input as never)),
    recordAdmission: this.#mutation('recordAdmission', (input) => this.record.recordAdmission(input as never)),
    mergePatients: this.#mutation('mergePatients', (input) => this.record.mergePatients(input as never)),
    unmergePatients: this.#mutation('unmergePatients', (input) => this.record.unmergePatients(input as never)),
    recordTestResult: this.#mutation('recordTestResult', (input) => this.documents.recordTestResult(input as never)),
    recordLetter: this.#mutation('recordLetter', (input) => this.documents.recordLetter(input as never)),
    withdrawDocument: this.#mutation('withdrawDocument', (input) => this.documents.withdrawDocument(input as never)),
    receiveHospitalMessage: this.#mutation('receiveHospitalMessage', (it) =>
      this.book.receiveHospitalMessage(it as never),
    ),
    answerHospitalMessage: this.#mutation('answerHospitalMessage', (it) =>
      this.book.answerHospitalMessage(it as never),
    ),
    claimHospitalNotice: this.#mutation('claimHospitalNotice', (input) => this.notices.claim(input as never)),
    answerHospitalNotice: this.#mutation('answerHospitalNotice', (input) => this.notices.answer(input as never)),
    patient: ({ id }: { id: string }) => this.record.patient(id),
    trust: () => ({ odsCode: 'RWG' }),
    dueHospitalNotices: ({ first }: { first: number }) => this.notices.due(first),
    hospitalMessagesToReplay: () => this.book.hospitalMessagesToReplay(),
    refusedHospitalMessages: (page: { first: number; after?: string }) => this.book.refusedHospitalMessages(page),
  }

  #mutation(field: string, act: (input: Input) => unknown) {
    return ({ input }: { input: Input }) => {
      const trouble = this.#troubles.find((it) => it.field === field)
      const { idempotencyKey, ...rest } = input
      const fail = () => {
        this.#troubles.splice(this.#troubles.indexOf(trouble as Trouble), 1)
        throw new GraphQLError('Trouble.', { extensions: { code: trouble?.code } })
      }
      if (trouble && !trouble.afterCommit) fail()
      const before = this.#answers.get(idempotencyKey)
      const body = field + JSON.stringify(rest)
      if (before && before.body !== body)
        throw new GraphQLError('Other body.', { extensions: { code: 'BAD_USER_INPUT' } })
      const outcome = before ? before.outcome : act(input)
      if (!before) this.done.push({ field, input: input as never })
      this.#answers.set(idempotencyKey, { body, outcome })
      if (trouble) fail()
      return outcome
    }
  }
}
