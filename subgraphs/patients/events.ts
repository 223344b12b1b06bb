import { events } from '../runtime/outbox.ts'

/** What `patients` tells the other subgraphs. */
export const patientEvents = events({ 'login-code.requested': ['messages'] })
