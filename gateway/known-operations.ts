import { createHash } from 'node:crypto'
import { Kind, parse, print } from 'graphql'
import type { DefinitionNode, DocumentNode } from 'graphql'
import { z } from 'zod'
import { Bounded } from './bounded.ts'
import { MOST_TOKENS } from './operation-limits.ts'

const MOST_TEXTS = 2_000

const manifest = z.record(
  z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
  z.object({ name: z.string(), client: z.string(), document: z.string() }),
)

/** SHA-256 of an operation's text, in hex. */
export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** The operations our own clients were built with: in production nobody from outside runs anything else. */
export class KnownOperations {
  readonly #documents: ReadonlyMap<string, string>
  readonly #byText = new Bounded<{ document: string | undefined }>(MOST_TEXTS)

  /** Reads `schema/operations.json`. An entry whose text is not what its key says is refused. */
  constructor(json: string) {
    const entries = Object.entries(manifest.parse(JSON.parse(json)))
    for (const [hash, { name, document }] of entries) {
      if (hashOf(document) !== hash)
        throw new Error(`The known operation ${name} does not match its hash ${hash}: make the list again`)
    }
    this.#documents = new Map(entries.map(([hash, { document }]) => [hash, document]))
  }

  /** Every known text, to make the plans before they are asked for. */
  get documents(): string[] {
    return [...this.#documents.values()]
  }

  /** The text a hash stands for. */
  named(hash: string): string | undefined {
    return this.#documents.get(hash)
  }

  /** The known text this one equals but for layout and comments. */
  like(text: string): string | undefined {
    return this.#byText.remember(hashOf(text), () => ({
      document: hashesOf(text)
        .map((hash) => this.named(hash))
        .find((it) => it !== undefined),
    })).document
  }
}

/**
 * The hashes by which an operation may be known: of its text as it was sent, as it is without layout and comments, and with its
 * fragments by their names, for every tool puts them in an order of its own.
 */
export const hashesOf = (text: string): string[] => [hashOf(text), ...printedHashes(text)]

function printedHashes(text: string): string[] {
  try {
    const document = parse(text, { noLocation: true, maxTokens: MOST_TOKENS })
    return [hashOf(print(document)), hashOf(print(inOrder(document)))]
  } catch {
    return []
  }
}

const inOrder = ({ definitions, ...document }: DocumentNode): DocumentNode => ({
  ...document,
  definitions: definitions.toSorted(
    (one, other) => Number(placeOf(one) > placeOf(other)) - Number(placeOf(one) < placeOf(other)),
  ),
})
/** Operations come first. */
const placeOf = (it: DefinitionNode) => (it.kind === Kind.FRAGMENT_DEFINITION ? it.name.value : '')
