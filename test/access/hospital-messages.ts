import { createHash, randomUUID } from 'node:crypto'
import { staff as anyStaff } from '../alone.ts'
import type { World } from '../world.ts'

export interface HospitalsMessage {
  id: string
  sender: string
  controlId: string
  type: string
  digest: string
}

/** What tells of a new message of the hospital's. */
export const aMessage = () => ({
  sender: 'PAS|RWG',
  controlId: randomUUID(),
  type: 'SIU^S12',
  digest: createHash('sha256').update(randomUUID()).digest('hex'),
})

export async function aRefusedMessage(portal: World): Promise<HospitalsMessage> {
  const message = aMessage()
  const receive = `mutation R($input: ReceiveHospitalMessageInput!) { receiveHospitalMessage(input: $input) { ... on HospitalMessageNew { message { id } } } }`
  const { receiveHospitalMessage } = await portal.system(receive, {
    input: { idempotencyKey: randomUUID(), ...message },
  })
  const { id } = (receiveHospitalMessage as unknown as { message: { id: string } }).message
  await answerMessage(portal, { id, acknowledgement: 'AE', reason: 'No patient', text: 'MSH|' })
  return { ...message, id }
}

export async function aReplayedMessage(portal: World): Promise<HospitalsMessage> {
  const message = await aRefusedMessage(portal)
  await answerMessage(portal, { id: message.id, acknowledgement: 'AA' })
  return message
}

/** Nobody takes it again here: there are no feeds. */
export async function aMessageToReplay(portal: World): Promise<HospitalsMessage> {
  const message = await aRefusedMessage(portal)
  const request = `mutation R($input: RequestReplayInput!) { requestReplay(input: $input) { __typename } }`
  const variables = { input: { idempotencyKey: randomUUID(), hospitalMessageId: message.id } }
  const call = { query: request, variables, viewer: anyStaff, requestId: randomUUID() }
  await portal.graph.subgraphs.get('messages')?.execute(call)
  return message
}

const answerMessage = (portal: World, answer: object) =>
  portal.system(
    `mutation A($input: AnswerHospitalMessageInput!) { answerHospitalMessage(input: $input) { __typename } }`,
    { input: { idempotencyKey: randomUUID(), ...answer } },
  )
