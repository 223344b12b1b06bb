import { createHash, randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { SealedTexts } from './sealed-text.ts'
import { aWorld, messagesKey, type MessagesWorld, patientViewer } from '../../test/messages/messages-world.ts'

const facts = 'id sender controlId type receivedAt acknowledgement reason text replayedAt'
const receiveQuery = `mutation Receive($input: ReceiveHospitalMessageInput!) { receiveHospitalMessage(input: $input) {
  __typename ... on HospitalMessageNew { received: message { ${facts} } }
  ... on HospitalMessageKnown { received: message { ${facts} } } ... on HospitalMessageDiffers { message } } }`
const answerQuery = `mutation Answer($input: AnswerHospitalMessageInput!) { answerHospitalMessage(input: $input) {
  ... on HospitalMessageAnswered { message { ${facts} } } } }`
const refusedQuery = `query Refused($first: Int, $after: String) { refusedHospitalMessages(first: $first, after: $after) {
  totalCount nodes { ${facts} } pageInfo { hasNextPage endCursor } } }`

const text = 'MSH|^~\\&|PAS|RWG|||20260601||ADT^A28|7|P|2.4\rPID|||H1||Canaryname^Amal'
const digestOf = (content: string) => createHash('sha256').update(content).digest('base64url')

interface Received {
  __typename: string
  message?: string
  received: { id: string; acknowledgement: string | null; text: string | null; replayedAt: string | null }
}

describe.each(['sqlite', 'postgresql'] as const)('a message of the hospital on %s', (engine) => {
  let world: MessagesWorld
  beforeEach(async () => {
    world = await aWorld({ engine })
  })

  async function receive(controlId = '7', content = text, through = world.main): Promise<Received> {
    const input = {
      idempotencyKey: randomUUID(),
      sender: 'PAS|RWG',
      controlId,
      type: 'ADT^A28',
      digest: digestOf(content),
    }
    const viewer = { role: 'SYSTEM', actorId: 'system:feeds', patientIds: [], scopes: [] } as never
    const { data, errors } = await through.execute({
      query: receiveQuery,
      variables: { input },
      viewer,
      requestId: 'test',
    })
    if (errors) throw new Error(errors[0]?.message)
    return data?.receiveHospitalMessage as Received
  }
  async function answer(id: string, acknowledgement: string, rest: { reason?: string; text?: string } = {}) {
    const input = { idempotencyKey: randomUUID(), id, acknowledgement, ...rest }
    const { data, errors } = await world.ask(answerQuery, { input })
    return { message: (data?.answerHospitalMessage as { message: object } | undefined)?.message, errors }
  }
  const refused = async (variables: object = {}) =>
    (await world.ask(refusedQuery, { ...variables })).data?.refusedHospitalMessages as unknown as {
      totalCount: number
      nodes: { controlId: string; text: string }[]
      pageInfo: { hasNextPage: boolean; endCursor: string | null }
    }

  it('is new until it is answered, and then known with its answer', async () => {
    const first = await receive()
    expect(first).toMatchObject({ __typename: 'HospitalMessageNew', received: { acknowledgement: null, text: null } })
    const afterACrash = await receive()
    expect(afterACrash).toMatchObject({ __typename: 'HospitalMessageNew', received: { id: first.received.id } })
    await answer(first.received.id, 'AA')
    expect(await receive()).toMatchObject({
      __typename: 'HospitalMessageKnown',
      received: { id: first.received.id, acknowledgement: 'AA' },
    })
  })

  it('is refused when it differs from what came under its number', async () => {
    await receive()
    expect(await receive('7', `${text} `)).toEqual({
      __typename: 'HospitalMessageDiffers',
      message: expect.stringContaining('Send it again under a new control id.') as string,
    })
  })

  it('is remembered once when it comes ten times at once', async () => {
    const other = await world.another()
    const processes = Array.from({ length: 10 }, (_, index) => (index % 2 ? other : world.main))
    const all = await Promise.all(processes.map((it) => receive('7', text, it)))
    expect(new Set(all.map(({ received }) => received.id)).size).toBe(1)
  })

  it('is done again when it was told to come again', async () => {
    const { received } = await receive()
    await answer(received.id, 'AR', { reason: 'busy', text })
    expect(await receive()).toMatchObject({ __typename: 'HospitalMessageNew', received: { id: received.id } })
  })

  it('is kept sealed when it is refused, and readable only with the key', async () => {
    const { received } = await receive()
    await answer(received.id, 'AE', { reason: 'PID is incomplete', text })
    const { nodes } = await refused()
    expect(nodes).toMatchObject([{ controlId: '7', acknowledgement: 'AE', reason: 'PID is incomplete', text }])
    const [row] = await world.em().getConnection().execute<{ sealed_text: string }[]>('select * from hospital_message')
    expect(JSON.stringify(row)).not.toContain('Canaryname')
    expect(Buffer.from(row?.sealed_text ?? '', 'base64url').toString('latin1')).not.toContain('Canaryname')
    expect(new SealedTexts(messagesKey).open(row?.sealed_text ?? '', received.id)).toBe(text)
    expect(() => new SealedTexts(messagesKey).open(row?.sealed_text ?? '', 'another row')).toThrow()
    expect(() => new SealedTexts(Buffer.alloc(32)).open(row?.sealed_text ?? '', received.id)).toThrow()
  })

  it('is marked, and its text wiped, when it is accepted at last', async () => {
    const { received } = await receive()
    await answer(received.id, 'AE', { reason: 'unknown clinic', text })
    world.clock.pass(3600)
    const { message } = await answer(received.id, 'AA')
    expect(message).toMatchObject({
      acknowledgement: 'AA',
      reason: null,
      text: null,
      replayedAt: '2026-06-01T11:00:00.000Z',
    })
    expect(await refused()).toMatchObject({ totalCount: 0, nodes: [] })
    expect(await receive()).toMatchObject({ __typename: 'HospitalMessageKnown', received: { acknowledgement: 'AA' } })
    expect((await answer(received.id, 'AE', { reason: 'late', text })).message).toMatchObject({
      acknowledgement: 'AA',
      text: null,
    })
  })

  it('is listed with the newest first, page by page', async () => {
    for (const controlId of ['1', '2', '3', '4', '5']) {
      const { received } = await receive(controlId)
      await answer(received.id, controlId === '2' ? 'AA' : 'AE', { reason: 'no' })
      // Two come in the same millisecond.
      if (controlId !== '3') world.clock.pass(1)
    }
    const first = await refused({ first: 2 })
    const second = await refused({ first: 2, after: first.pageInfo.endCursor })
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } })
    expect(second).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: false } })
    const order = [...first.nodes, ...second.nodes].map(({ controlId }) => controlId)
    expect([order[0], [order[1], order[2]].sort(), order[3]]).toEqual(['5', ['3', '4'], '1'])
    expect(await refused()).toMatchObject({ nodes: { length: 4 } })
  })
})

it('answers a wrong request with what to do', async () => {
  const world = await aWorld()
  const input = { idempotencyKey: randomUUID(), sender: 'PAS', controlId: '7', type: 'ADT^A28', digest: 'x' }
  const fault = async (query: string, variables: object) => (await world.ask(query, { ...variables })).errors?.[0]
  for (const wrong of [{ controlId: '' }, { sender: 'x'.repeat(201) }, { digest: ' ' }])
    expect(await fault(receiveQuery, { input: { ...input, ...wrong } })).toMatchObject({
      message: `${Object.keys(wrong)[0]}: use 1 to 200 characters.`,
      extensions: { code: 'BAD_USER_INPUT' },
    })
  const answer = { idempotencyKey: randomUUID(), id: randomUUID(), acknowledgement: 'AA' }
  expect((await fault(answerQuery, { input: answer }))?.message).toMatch(/^id: no message has this id/)
  expect((await fault(answerQuery, { input: { ...answer, text } }))?.message).toMatch(/^text: leave it out with AA/)
  expect((await fault(refusedQuery, { first: 51 }))?.message).toBe('first: ask for 1 to 50 at a time.')
  for (const after of ['x', Buffer.from('[1]').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')])
    expect((await fault(refusedQuery, { after }))?.message).toMatch(/^after: use the endCursor/)
})

it('is nothing for a patient, and is found by key for our own systems alone', async () => {
  const world = await aWorld()
  const patient = patientViewer('patient-amal')
  expect((await world.ask(refusedQuery, {}, patient)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  const input = { idempotencyKey: randomUUID(), sender: 'PAS', controlId: '7', type: 'ADT^A28', digest: 'x' }
  const { data } = await world.ask(receiveQuery, { input })
  const { received } = data?.receiveHospitalMessage as unknown as Received
  const byKey = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on HospitalMessage { id sender } } }'
  const r = [received.id, 'unknown'].map((id) => ({ __typename: 'HospitalMessage', id }))
  expect(await world.ask(byKey, { r })).toMatchObject({ data: { _entities: [{ sender: 'PAS' }, null] } })
  expect(await world.ask(byKey, { r }, patient)).toMatchObject({ data: { _entities: [null, null] } })
})
