import type { Context } from '../runtime/context.ts'
import type { ChoreContext } from '../runtime/chore.ts'
import type { Providers } from './providers/provider.ts'
import type { SealedTexts } from './sealed-text.ts'
import type { Wording } from './wording.ts'

/** What only `messages` needs: given to the subgraph as its `extra`. */
export type MessagesExtra = {
  readonly providers: Providers
  readonly wording: Wording
  readonly texts: SealedTexts
}

export type MessagesContext = Context & MessagesExtra
export type MessagesChoreContext = ChoreContext & MessagesExtra
