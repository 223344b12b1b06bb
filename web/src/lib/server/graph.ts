import {
  Client,
  type CombinedError,
  createRequest,
  fetchExchange,
  type OperationResult,
  type RequestExtensions,
  type TypedDocumentNode,
} from '@urql/core'
import type { DocumentNode } from 'graphql'
import type { Visit } from '../../../server.ts'
import { operationHash } from './persisted.ts'
import { refusalPage } from './refusal-page.ts'
import { signedAddress } from './signed-address.ts'

/** The gateway gives up on an operation at 9 seconds; a moment more and nobody is coming. */
const GIVE_UP_MS = 10_000

type Variables = Record<string, unknown>
type Ask = <Answer, Given extends Variables>(
  document: TypedDocumentNode<Answer, Given>,
  given: Given,
) => Promise<Answer>

type AskWithGaps = <Answer, Given extends Variables>(
  document: TypedDocumentNode<Answer, Given>,
  given: Given,
) => Promise<{ answer: Answer; hasGaps: boolean }>

/** The graph as one person sees it during one request. What is not an outcome of the schema is thrown, as a page. */
export interface Graph {
  read: Ask
  write: Ask
  /** As `read`, for pages that can do without a part: what is away just now is null, and `hasGaps` says that it is. */
  readWithGaps: AskWithGaps
}

/** Asks the graph as the holder of `session`. `onLoggedOut` sends the person to the log-in page. */
export function graphFor(visit: Visit, session: string | undefined, onLoggedOut: () => never): Graph {
  const { settings } = visit
  const client = new Client({
    url: settings.graphUrl.href,
    // No cache exchange: what one request learns about a patient ends with that request.
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchOptions: () => ({ signal: AbortSignal.timeout(GIVE_UP_MS), headers: headersFor(visit, session) }),
  })
  const request = <Answer, Given extends Variables>(document: TypedDocumentNode<Answer, Given>, given: Given) =>
    createRequest(document, given, settings.production ? persisted(document) : undefined)
  const take = <Answer>(result: OperationResult<Answer>): Answer => {
    if (result.data !== undefined && !result.error) return result.data
    return refusalPage(result.error, visit, onLoggedOut)
  }

  return {
    read: async (document, given) => take(await client.executeQuery(request(document, given)).toPromise()),
    write: async (document, given) => take(await client.executeMutation(request(document, given)).toPromise()),
    readWithGaps: async (document, given) => {
      const result = await client.executeQuery(request(document, given)).toPromise()
      const hasGaps = result.data !== undefined && isAway(result.error)
      return { answer: hasGaps && result.data ? result.data : take(result), hasGaps }
    },
  }
}

/** Whether all that is wrong is that a part of the graph cannot be reached. */
const isAway = (error: CombinedError | undefined): boolean =>
  error !== undefined &&
  error.networkError === undefined &&
  error.graphQLErrors.every(({ extensions }) => extensions.code === 'UNAVAILABLE')

function headersFor(
  { settings, requestId, clientAddress }: Visit,
  session: string | undefined,
): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-client-address': signedAddress(clientAddress, settings.signingKey, Date.now()),
    ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
  }
}

/** In production the gateway knows the site's operations by heart and takes no text. */
function persisted(document: DocumentNode): RequestExtensions {
  return { persistedQuery: { version: 1, sha256Hash: operationHash(document) } }
}
