/** One request, and the answer it must get. */
export interface Ask {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string
  /** The whole answer, byte for byte; or words that it must hold. */
  readonly answer: { readonly exactly: string } | { readonly holding: string }
}

/** So many connections, each asking again as soon as it is answered. */
export interface Load {
  readonly origin: string
  readonly connections: number
  readonly seconds: number
  readonly asks: readonly Ask[]
  /** Ends after the last of the asks, instead of going round. */
  readonly once: boolean
}

export interface Outcome {
  readonly answered: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  /** The first answer that was not right, if one was not. */
  readonly wrong?: string
}
