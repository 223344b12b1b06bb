import type { ChoreContext } from '../runtime/chore.ts'
import type { Context } from '../runtime/context.ts'
import type { Graph } from '../runtime/reaction.ts'
import type { Partners } from './partners/partners.ts'

/** What only `documents` needs: given to the subgraph as its `extra`. */
export type DocumentsExtra = {
  readonly partners: Partners
}

export type DocumentsContext = Context & DocumentsExtra & { readonly graph: Graph }
export type DocumentsChoreContext = ChoreContext & DocumentsExtra
