import type { Role } from '../viewer.ts'
import { askGraph } from './graph.ts'

/** Names in an example's variables, and what to put there. */
export type Values = Readonly<Record<string, string>>

interface Node {
  id: string
  acceptance?: { __typename: string }
  canReschedule?: { __typename: string }
  kind?: string
  state?: string
}

interface Found {
  me?: { appointments: { nodes: Node[] }; sharing: { organisationCode: string; version: string }[] } | null
  documents?: { nodes: Node[] }
  changeRequests?: { nodes: Node[] }
  resultsToRelease?: { nodes: Node[] }
  patientByHospitalNumber?: { id: string } | null
}

interface LookUp {
  query: string
  read: (found: Found) => Record<string, string | undefined>
}

/** What of one's own an operation may be about: asked as the one who is going to ask. */
const lookUps: Partial<Record<Role, LookUp>> = {
  PATIENT: {
    query: `{
      me { appointments(period: UPCOMING, first: 50) { nodes { id acceptance { __typename } canReschedule { __typename } } }
        sharing { organisationCode version } }
      documents(first: 50) { nodes { id kind state } }
    }`,
    read: ({ me, documents }) => {
      const coming = me?.appointments.nodes ?? []
      const ready = documents?.nodes.filter((it) => it.state === 'READY') ?? []
      return {
        appointmentId: (coming.find((it) => it.acceptance?.__typename === 'AcceptanceOpen') ?? coming[0])?.id,
        movableId: (coming.find((it) => it.canReschedule?.__typename === 'RescheduleOpen') ?? coming[0])?.id,
        sharingVersion: me?.sharing.find((it) => it.organisationCode === 'RAL')?.version,
        documentId: (ready.find((it) => it.kind === 'TEST_RESULT') ?? ready[0])?.id,
      }
    },
  },
  STAFF: {
    query: '{ changeRequests(first: 1) { nodes { id } } resultsToRelease(first: 1) { nodes { id } } }',
    read: ({ changeRequests, resultsToRelease }) => ({
      requestId: changeRequests?.nodes[0]?.id,
      resultId: resultsToRelease?.nodes[0]?.id,
    }),
  },
  SYSTEM: {
    query: '{ patientByHospitalNumber(hospitalNumber: "W100001") { id } }',
    read: ({ patientByHospitalNumber }) => ({ patientId: patientByHospitalNumber?.id }),
  },
}

/** The values that work for whoever has this token; none when there is no token, or nothing is found. */
export async function valuesFor(role: Role, token: string | undefined): Promise<Values> {
  const lookUp = lookUps[role]
  if (!lookUp || !token) return {}
  const { data } = await askGraph({ query: lookUp.query }, token).catch(() => ({ data: undefined }))
  const found = Object.entries(lookUp.read((data ?? {}) as Found))
  return Object.fromEntries(found.filter((it): it is [string, string] => it[1] !== undefined))
}

/** Puts values where their names stand; what there is none for says what it wants. */
export const filled = (variables: string | null, values: Values): string | null =>
  variables?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? always[name]?.() ?? `(${name})`) ?? null

const always: Readonly<Record<string, () => string>> = {
  newId: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (it) => it.toString(16).padStart(2, '0')).join(''),
  now: () => new Date().toISOString(),
}
