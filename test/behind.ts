import type { EntityManager } from '@mikro-orm/sql'
import type { SubgraphDefinition } from '../subgraphs/runtime/subgraph.ts'
import { type Alone, alone, type AloneSettings } from './alone.ts'

/** A subgraph, and the database behind it: for what the graph does not show, and for what only the database refuses. */
export interface Behind extends Alone {
  /** Rows as the database layer makes them, for what no mutation writes. */
  fork(): EntityManager
  sql<Row extends object>(statement: string, ...values: unknown[]): Promise<Row[]>
}

export async function behind(definition: SubgraphDefinition, settings: AloneSettings = {}): Promise<Behind> {
  const forks: (() => EntityManager)[] = []
  const look = {
    name: 'look',
    run: ({ fork }: { fork: () => EntityManager }) => Promise.resolve(void forks.push(fork)),
  }
  const it = await alone({ ...definition, chores: [...(definition.chores ?? []), look] }, settings)
  await it.subgraph.settle()
  const [fork] = forks
  if (!fork) throw new Error('the chores did not run')
  const em = fork()
  return { ...it, fork, sql: (statement, ...values) => em.getConnection().execute(statement, values) }
}
