import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Gateway, startGateway } from '../gateway/main.ts'
import { aPdf } from '../subgraphs/documents/pdfs/testing/a-pdf.ts'
import { serve } from '../subgraphs/runtime/serve.ts'
import { systemClock } from '../subgraphs/runtime/clock.ts'
import { engines } from './alone.ts'
import type { Behind } from './behind.ts'
import { FakeClock } from './clock.ts'
import { documentsAlone } from './documents-alone.ts'
import { post } from './world.ts'

const key = randomBytes(32)
const secret = randomBytes(32).toString('base64url')
const log = { info() {}, warn() {}, error() {} }
const megabyte = 1024 * 1024
const nobody = () => Promise.reject(new Error('asked for nothing'))

/** A letter with a picture that no packing makes smaller. */
const aScan = (bytes: number) =>
  aPdf({
    page: '/Thumb 10 0 R',
    objects: [{ dict: '/Subtype /Image /Filter /DCTDecode', bytes: randomBytes(bytes) }],
  })

const record = `mutation R($input: RecordLetterInput!) { recordLetter(input: $input) {
  ... on LetterRecorded { flags letter { id } } ... on DocumentIncomplete { message } } }`
const read = 'query P($id: ID!) { document(id: $id) { pdf { origin bytes base64 } } }'

describe.each(engines)('a letter of 20 MB, with every part in a process of its own, on %s', (engine) => {
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let hospital: Behind
  let documents: { url: string; stop(): Promise<void> }
  let gateway: Gateway
  beforeAll(async () => {
    hospital = await documentsAlone({ engine, clock })
    const settings = { host: '127.0.0.1', port: 0, key, subscriptions: [], clock: systemClock, log }
    documents = await serve(hospital.subgraph, settings)
    const far = { url: documents.url, key: key.toString('base64url') }
    gateway = await startGateway({
      port: 0,
      production: false,
      // It is about size, and a busy machine is slow.
      limits: { timeLimitMs: 60_000, subgraphTimeLimitMs: 60_000, arrivalMs: 60_000 },
      subgraphs: { patients: nobody, appointments: nobody, messages: nobody, documents: far },
      systemClients: [{ id: 'feeds', secretHash: createHash('sha256').update(secret).digest('base64url') }],
    })
  })
  afterAll(async () => {
    await gateway.stop()
    await documents.stop()
    await hospital.stop()
  })

  const ask = (query: string, variables: object) =>
    post(`${gateway.url}/graphql`, `system.feeds.${secret}`, { query, variables })
  const send = (pdf: Buffer) =>
    ask(record, {
      input: {
        idempotencyKey: randomUUID(),
        eventAt: clock.now(),
        hospitalId: randomUUID(),
        patientId: 'amal',
        kind: 'LETTER',
        title: 'A scan',
        writtenAt: clock.now(),
        sections: [],
        pdf: { base64: pdf.toString('base64') },
      },
    })

  it('goes in and comes out byte by byte', async () => {
    const scan = aScan(20 * megabyte - 2000)
    const sent = await send(scan)
    expect(sent.errors).toEqual([])
    const { flags, letter } = sent.data?.recordLetter as unknown as { flags: string[]; letter: { id: string } }
    expect(flags).toEqual([])
    const { data } = await ask(read, { id: letter.id })
    const { pdf } = data?.document as unknown as { pdf: { origin: string; bytes: number; base64: string } }
    expect({ origin: pdf.origin, bytes: pdf.bytes }).toEqual({ origin: 'HOSPITAL', bytes: scan.length })
    expect(Buffer.from(pdf.base64, 'base64').equals(scan)).toBe(true)
  }, 60_000)

  it('is too large with a little more, and kept back', async () => {
    const sent = await send(aScan(20 * megabyte))
    expect(sent.data?.recordLetter).toMatchObject({ flags: ['PDF_WITHHELD'] })
    const [file] = await hospital.sql<{ fault: string }>(`select "fault" from "pdf_file" where "fault" is not null`)
    expect(file?.fault).toBe('TOO_LARGE')
  }, 60_000)

  it('of 50 MB is refused at the door', async () => {
    const { status, errors } = await send(aScan(50 * megabyte))
    expect([status, errors[0]?.message]).toEqual([413, 'The body is larger than 30 MB.'])
  }, 60_000)
})
