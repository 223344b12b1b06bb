import { appointments } from '../subgraphs/appointments/main.ts'
import { documents } from '../subgraphs/documents/main.ts'
import { messages } from '../subgraphs/messages/main.ts'
import { patients } from '../subgraphs/patients/main.ts'
import type { SubgraphDefinition } from '../subgraphs/runtime/subgraph.ts'

/** The subgraphs of the portal. */
export const subgraphs: readonly SubgraphDefinition[] = [patients, appointments, documents, messages]
