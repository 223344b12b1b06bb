/** The codes the graph answers errors with. They are few, and for machines. */
export type GraphErrorCode =
  'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'RATE_LIMITED' | 'UNAVAILABLE' | 'INTERNAL'

interface Circumstances {
  /** Seconds after which the graph asks to be tried again. */
  retryAfterSeconds?: number | undefined
  /** The graph's own number for the error, to be found in its log. */
  errorId?: string | undefined
  cause?: unknown
}

/** The graph did not do what was asked. Outcomes that a person should read are answers, not errors. */
export class GraphError extends Error {
  readonly code: GraphErrorCode
  readonly retryAfterSeconds: number | undefined
  readonly errorId: string | undefined

  constructor(code: GraphErrorCode, message: string, { retryAfterSeconds, errorId, cause }: Circumstances = {}) {
    super(message, { cause })
    this.name = new.target.name
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
    this.errorId = errorId
  }
}

/** The credentials are missing, wrong or have ended. */
export class NotAuthenticated extends GraphError {
  constructor(message: string, circumstances?: Circumstances) {
    super('UNAUTHENTICATED', message, circumstances)
  }
}

/** This kind of client may never do this. */
export class NotAllowed extends GraphError {
  constructor(message: string, circumstances?: Circumstances) {
    super('FORBIDDEN', message, circumstances)
  }
}

/** The graph could not take the operation or its variables as they are. */
export class NotUnderstood extends GraphError {
  constructor(message: string, circumstances?: Circumstances) {
    super('BAD_USER_INPUT', message, circumstances)
  }
}

/** Too many requests: wait `retryAfterSeconds`, then try again. */
export class TooManyRequests extends GraphError {
  constructor(message: string, circumstances?: Circumstances) {
    super('RATE_LIMITED', message, circumstances)
  }
}

/** The graph, or a part it needs, did not answer in time. */
export class GraphUnavailable extends GraphError {
  constructor(message: string, circumstances?: Circumstances) {
    super('UNAVAILABLE', message, circumstances)
  }
}

/** A fault inside the graph: `errorId` finds it in the graph's log. */
export class GraphFault extends GraphError {
  constructor(message: string, circumstances?: Circumstances) {
    super('INTERNAL', message, circumstances)
  }
}
