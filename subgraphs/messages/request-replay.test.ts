import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { staff } from '../../test/alone.ts'
import { aWorld, type MessagesWorld, patientViewer, system } from '../../test/messages/messages-world.ts'

const staffFacts = 'id sender controlId type receivedAt acknowledgement reason replayedAt replayRequestedAt'
const receiveQuery = `mutation Receive($input: ReceiveHospitalMessageInput!) { receiveHospitalMessage(input: $input) {
  ... on HospitalMessageNew { message { id } } } }`
const answerQuery = `mutation Answer($input: AnswerHospitalMessageInput!) { answerHospitalMessage(input: $input) { __typename } }`
const replayQuery = `mutation Replay($input: RequestReplayInput!) { requestReplay(input: $input) { __typename
  ... on ReplayRequested { replayed: message { ${staffFacts} } } ... on HospitalMessageNotFound { message } } }`
const toReplayQuery = `{ hospitalMessagesToReplay { id replayRequestedAt text } }`

const text = 'MSH|^~\\&|PAS|RWG|||20260601||ADT^A28|7|P|2.4\rPID|||H1||Canaryname^Amal'

describe.each(['sqlite', 'postgresql'] as const)('a refused message that staff want taken again on %s', (engine) => {
  async function refusedMessage(world: MessagesWorld, controlId: string, answer: object = {}): Promise<string> {
    const message = { sender: 'PAS|RWG', controlId, type: 'ADT^A28', digest: controlId }
    const received = await world.ask(receiveQuery, { input: { idempotencyKey: randomUUID(), ...message } })
    const { id } = (received.data?.receiveHospitalMessage as unknown as { message: { id: string } }).message
    await answered(world, { id, acknowledgement: 'AE', reason: 'unknown clinic', text, ...answer })
    return id
  }
  const answered = (world: MessagesWorld, answer: object) =>
    world.ask(answerQuery, { input: { idempotencyKey: randomUUID(), ...answer } })
  const request = async (world: MessagesWorld, hospitalMessageId: string) => {
    const input = { idempotencyKey: randomUUID(), hospitalMessageId }
    return (await world.ask(replayQuery, { input }, staff)).data?.requestReplay
  }
  const toReplay = async (world: MessagesWorld) =>
    ((await world.ask(toReplayQuery, {})).data?.hospitalMessagesToReplay ?? []) as { id: string; text: string }[]

  it('waits for the feeds with its text, those asked for first first, until it is answered', async () => {
    const world = await aWorld({ engine })
    const [first, second] = [await refusedMessage(world, '1'), await refusedMessage(world, '2')]
    expect(await toReplay(world)).toEqual([])
    expect(await request(world, second)).toMatchObject({
      __typename: 'ReplayRequested',
      replayed: { id: second, replayRequestedAt: '2026-06-01T10:00:00.000Z' },
    })
    world.clock.pass(1)
    await request(world, first)
    // Asking again does not move it back.
    await request(world, second)
    expect(await toReplay(world)).toMatchObject([
      { id: second, text },
      { id: first, text },
    ])
    await answered(world, { id: second, acknowledgement: 'AE', reason: 'still unknown', text })
    await answered(world, { id: first, acknowledgement: 'AA' })
    expect(await toReplay(world)).toEqual([])
  })

  it('is shown to staff in the list without what it says', async () => {
    const world = await aWorld({ engine })
    const id = await refusedMessage(world, '1')
    const list = `{ refusedHospitalMessages { totalCount nodes { ${staffFacts} } pageInfo { hasNextPage } } }`
    const { data, errors } = await world.ask(list, {}, staff)
    expect(errors).toBeUndefined()
    expect(data?.refusedHospitalMessages).toMatchObject({ nodes: [{ id, reason: 'unknown clinic' }] })
    const whole = await world.ask('{ refusedHospitalMessages { nodes { text } } }', {}, staff)
    expect(whole.errors?.map((it) => it.extensions?.code)).toEqual(['FORBIDDEN'])
    expect(JSON.stringify(whole)).not.toContain('Canaryname')
  })

  it('is not found when it was accepted, is unknown, or was not kept', async () => {
    const world = await aWorld({ engine })
    const accepted = await refusedMessage(world, '1')
    await answered(world, { id: accepted, acknowledgement: 'AA' })
    const notKept = await refusedMessage(world, '2', { text: undefined })
    for (const id of [accepted, notKept, randomUUID(), 'x'])
      expect(await request(world, id)).toEqual({
        __typename: 'HospitalMessageNotFound',
        message: expect.stringContaining('Look at the list of refused messages again.') as string,
      })
    expect(await toReplay(world)).toEqual([])
  })

  it('is asked for by staff alone, and given to the feeds alone', async () => {
    const world = await aWorld({ engine })
    const id = await refusedMessage(world, '1')
    const input = { idempotencyKey: randomUUID(), hospitalMessageId: id }
    for (const viewer of [system, patientViewer('amal')])
      expect((await world.ask(replayQuery, { input }, viewer)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    for (const viewer of [staff, patientViewer('amal')])
      expect((await world.ask(toReplayQuery, {}, viewer)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})
