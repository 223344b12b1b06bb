import { GraphFault } from '../graph-error.ts'

/** One page of a list, as the graph gives it. */
export interface Page<Item> {
  readonly nodes: readonly Item[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

/** The variables of an operation that gives a page: `after` is left to the client, or says where to begin. */
export interface PageVariables {
  after?: string | null | undefined
}

/** There is no such list: nobody by this number and date of birth shares it with you, or not any more. That is not an empty list. */
export class NotShared extends Error {
  override readonly name = 'NotShared'
  constructor() {
    super('Nobody by this NHS number and date of birth shares this with you, or they have ended it.')
  }
}

/** Every item of a list, in order. A page is asked for when the one before it is used up, and no more than one is held. */
export async function* each<Item>(
  pageAfter: (cursor: string | null | undefined) => Promise<Page<Item> | null | undefined>,
  start: string | null | undefined,
): AsyncGenerator<Item, void, undefined> {
  const progress = new Progress()
  for (let cursor = start; ;) {
    const page = await pageAfter(cursor)
    if (!page) throw new NotShared()
    yield* page.nodes
    if (!page.pageInfo.hasNextPage) return
    cursor = progress.to(page.pageInfo.endCursor)
  }
}

/** Sees a list that goes in circles, whatever their length, and remembers one cursor only (Brent's way). */
class Progress {
  #landmark: string | undefined
  #steps = 0
  #until = 1

  to(cursor: string | null): string {
    if (cursor === null || cursor === this.#landmark)
      throw new GraphFault('The graph says that there is more, and leads back to where we were. Report it.')
    this.#steps += 1
    if (this.#steps === this.#until) {
      this.#landmark = cursor
      this.#steps = 0
      this.#until *= 2
    }
    return cursor
  }
}
