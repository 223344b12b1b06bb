import { registerEnumType } from 'type-graphql'

/** Who may use a field. Closed: a role that is not listed on a field may never use it. */
export enum Role {
  ANONYMOUS = 'ANONYMOUS',
  PATIENT = 'PATIENT',
  PARTNER = 'PARTNER',
  STAFF = 'STAFF',
  SYSTEM = 'SYSTEM',
  GATEWAY = 'GATEWAY',
}
registerEnumType(Role, {
  name: 'Role',
  description:
    'Who is asking: nobody yet, a patient, a partner trust, staff, one of our own systems, or the gateway itself.',
})

/** The organisation somebody is of, by its ODS code. */
export interface Organisation {
  code: string
  name: string
}

/** Whom a partner says it asks for: the person in front of the screen there. Stated by the partner, and not checked by us. */
export interface EndUser {
  /** How their organisation knows them. */
  id: string
  /** What they are there: "Consultant". */
  role: string
}

/** The records a partner may see in this request, and which parts of them: what `patients` vouches for, see grant.ts. */
export interface Grant {
  /** Every id the person's record has had. */
  patientIds: string[]
  categories: string[]
}

/** The person or system on whose behalf a request runs. Made by the gateway, passed to subgraphs, never read from a client. */
export interface Viewer {
  role: Role
  /** The session, system client or partner that acts: the scope of idempotency keys and the actor in the audit. */
  actorId: string
  /** Of staff: the name their colleagues know them by. */
  name?: string
  /** Every id this person's record has ever had (merges), the current one first. Empty unless a patient. */
  patientIds: string[]
  sessionId?: string
  scopes: string[]
  /** Of a partner: the organisation that asks. */
  organisation?: Organisation
  /** Of a partner: for whom it says that it asks. */
  endUser?: EndUser
  /** Of a partner, in the subgraph that answers: what it was granted so far. Empty at first; never passed on. */
  grants?: Grant[]
  /** Where the request came from, for limits only: never stored with clinical data. */
  clientAddress?: string
}

/** A viewer of our own systems, named for the part that works. */
export const systemViewer = (name: string): Viewer => ({
  role: Role.SYSTEM,
  actorId: `system:${name}`,
  patientIds: [],
  scopes: [],
})
