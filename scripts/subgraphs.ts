import { patients } from '../subgraphs/patients/main.ts'
import type { SubgraphDefinition } from '../subgraphs/runtime/subgraph.ts'

/** The subgraphs of the portal. */
export const subgraphs: readonly SubgraphDefinition[] = [patients]
