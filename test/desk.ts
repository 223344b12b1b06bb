import { randomUUID } from 'node:crypto'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { type Alone, staff } from './alone.ts'
import type { Notice } from './write-back.ts'

/** A member of staff of these clinics. */
export const someStaff = (...clinicCodes: string[]): Viewer => ({
  ...staff,
  actorId: 'staff:rowan',
  name: 'Rowan Ellis',
  scopes: clinicCodes.map((code) => `clinic:${code}`),
})

export interface Conflict {
  id: string
  reason: string
  explanation: string
  foundAt: string
  appointment: { id: string }
}

/** A refused notice, or one that is on its way again. */
export type DeskNotice = Pick<Notice, 'id' | 'controlId' | 'kind' | 'status' | 'startsAt' | 'refusal'>

async function asked<Answer>(it: Alone, viewer: Viewer, document: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await it.ask(viewer, document, variables)
  if (errors) throw new Error(JSON.stringify(errors))
  return data as unknown as Answer
}

const noticeFacts = 'id controlId kind status startsAt refusal appointment { id }'

/** What stands on the desk of this member of staff: the conflicts, and what the hospital refused. */
export async function deskOf(it: Alone, viewer: Viewer) {
  const { conflicts, refusedHospitalNotices } = await asked<{
    conflicts: { totalCount: number; nodes: Conflict[] }
    refusedHospitalNotices: { totalCount: number; nodes: DeskNotice[] }
  }>(
    it,
    viewer,
    `{ conflicts { totalCount nodes { id reason explanation foundAt appointment { id } } }
       refusedHospitalNotices { totalCount nodes { ${noticeFacts} } } }`,
  )
  return { conflicts: conflicts.nodes, refused: refusedHospitalNotices.nodes }
}

export const retryNotice = async (it: Alone, viewer: Viewer, noticeId: string) =>
  (
    await asked<{ retryHospitalNotice: { __typename: string; message: string; notice: DeskNotice } }>(
      it,
      viewer,
      `mutation ($input: RetryHospitalNoticeInput!) { retryHospitalNotice(input: $input) {
        __typename ... on HospitalNoticeQueued { notice { ${noticeFacts} } } ... on Problem { message }
      } }`,
      { input: { idempotencyKey: randomUUID(), noticeId } },
    )
  ).retryHospitalNotice

export const settleNotice = async (it: Alone, viewer: Viewer, noticeId: string, note: string) =>
  (
    await asked<{ settleHospitalNotice: { __typename: string; notice: DeskNotice } }>(
      it,
      viewer,
      `mutation ($input: SettleHospitalNoticeInput!) { settleHospitalNotice(input: $input) {
        __typename ... on HospitalNoticeSettled { notice { ${noticeFacts} } }
      } }`,
      { input: { idempotencyKey: randomUUID(), noticeId, note } },
    )
  ).settleHospitalNotice

export const settleConflict = async (it: Alone, viewer: Viewer, conflictId: string, note: string) =>
  (
    await asked<{ settleConflict: { __typename: string } }>(
      it,
      viewer,
      `mutation ($input: SettleConflictInput!) { settleConflict(input: $input) { __typename } }`,
      { input: { idempotencyKey: randomUUID(), conflictId, note } },
    )
  ).settleConflict.__typename
