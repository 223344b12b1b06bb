import { Agent, type Dispatcher, fetch, type RequestInit } from 'undici'
import { PartnerFailure } from './partner-failure.ts'

/** What came back, whole, and not more than was allowed. */
export interface BoundedAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: Buffer
}

/** Connections to one partner: none is waited for long, and what is idle keeps nothing alive. */
export const openConnections = (connectMilliseconds: number): Dispatcher =>
  new Agent({ connect: { timeout: connectMilliseconds }, connections: 20, keepAliveTimeout: 10_000 })

/**
 * Asks, and reads at most so many bytes as they are after decompression: a small file that unpacks to a big one is as big as
 * what it unpacks to. A redirect is a failure: who answers has been agreed with the partner.
 */
export async function boundedFetch(
  url: URL,
  init: RequestInit & { signal: AbortSignal },
  largest: number,
): Promise<BoundedAnswer> {
  const response = await fetch(url, { ...init, redirect: 'manual' }).catch((cause: unknown) => {
    throw new PartnerFailure('NO_ANSWER', reasonOf(cause), { cause })
  })
  const { status, headers } = response
  if (status >= 300 && status < 400) {
    await response.body?.cancel()
    throw new PartnerFailure('REDIRECT', status)
  }
  return { status, headers, body: await bodyOf(response, largest) }
}

async function bodyOf({ body, headers }: Awaited<ReturnType<typeof fetch>>, largest: number): Promise<Buffer> {
  if (Number(headers.get('content-length') ?? 0) > largest) {
    await body?.cancel()
    throw new PartnerFailure('TOO_LARGE')
  }
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      // Leaving the loop closes the connection: the rest is not even received.
      if (size > largest) throw new PartnerFailure('TOO_LARGE')
      chunks.push(chunk)
    }
  } catch (cause) {
    throw cause instanceof PartnerFailure ? cause : new PartnerFailure('NO_ANSWER', reasonOf(cause), { cause })
  }
  return Buffer.concat(chunks)
}

/** The code of what lies below a failed request, such as ECONNREFUSED. Never its words: they may hold the address asked for. */
function reasonOf(cause: unknown): string | undefined {
  const below = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return below instanceof Error && 'code' in below ? String(below.code) : undefined
}
