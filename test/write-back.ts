import { randomUUID } from 'node:crypto'
import { type Alone, system } from './alone.ts'

/** A notice to the hospital, as feeds sees it. */
export interface Notice {
  id: string
  controlId: string
  kind: string
  status: string
  attempts: number
  hospitalId: string
  startsAt: string
  previousStartsAt: string | null
  slotHospitalId: string | null
  reason: string | null
  requestReference: string | null
  refusal: string | null
  appointment: { id: string; status: string }
}

const facts = `id controlId kind status attempts hospitalId startsAt previousStartsAt slotHospitalId reason requestReference refusal
  appointment { id status }`

async function told<Answer>(it: Alone, document: string, variables: object): Promise<Answer> {
  const { data, errors } = await it.ask(system, document, variables as Record<string, unknown>)
  if (errors) throw new Error(JSON.stringify(errors))
  return Object.values(data ?? {})[0] as Answer
}

/** What is to be sent now. */
export const dueNotices = (it: Alone, first = 20) =>
  told<Notice[]>(it, `query ($first: Int!) { dueHospitalNotices(first: $first) { ${facts} } }`, { first })

export const claimNotice = (it: Alone, noticeId: string, idempotencyKey: string = randomUUID()) =>
  told<{ __typename: string; notice: Notice }>(
    it,
    `mutation ($input: ClaimHospitalNoticeInput!) {
      claimHospitalNotice(input: $input) { __typename ... on HospitalNoticeClaimed { notice { ${facts} } } }
    }`,
    { input: { idempotencyKey, noticeId } },
  )

export const answerNotice = (it: Alone, noticeId: string, acknowledgement: 'AA' | 'AE' | 'AR', reason?: string) =>
  told<{ __typename: string; notice: Notice }>(
    it,
    `mutation ($input: AnswerHospitalNoticeInput!) {
      answerHospitalNotice(input: $input) { __typename ... on HospitalNoticeAnswered { notice { ${facts} } } }
    }`,
    { input: { idempotencyKey: randomUUID(), noticeId, acknowledgement, ...(reason !== undefined && { reason }) } },
  )

/** Sends the notice of this appointment that is due, and has the hospital answer. */
export async function sendNotice(
  it: Alone,
  appointmentId: string,
  acknowledgement: 'AA' | 'AE' | 'AR',
  reason?: string,
): Promise<Notice> {
  const notice = (await dueNotices(it, 50)).find(({ appointment }) => appointment.id === appointmentId)
  if (!notice) throw new Error('nothing of this appointment is due')
  await claimNotice(it, notice.id)
  return (await answerNotice(it, notice.id, acknowledgement, reason)).notice
}
