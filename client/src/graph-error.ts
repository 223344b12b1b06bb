/** The codes the graph answers errors with. They are few, and for machines. */
export type GraphErrorCode =
  'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'RATE_LIMITED' | 'UNAVAILABLE' | 'INTERNAL'

interface Circumstances {
  /** Seconds after which the graph asks to be tried again. */
  retryAfterSeconds?: number | undefined
  /** The graph's own number for the error, to be found in its log. */
  errorId?: string | undefined
  /** The number of the request, as the graph knows it. */
  requestId?: string | undefined
  cause?: unknown
}

/** The graph did not do what was asked. Outcomes that a person should read are answers, not errors. */
export class GraphError extends Error {
  readonly code: GraphErrorCode
  /** Seconds after which the graph asks to be tried again; undefined when it did not say. */
  readonly retryAfterSeconds: number | undefined
  /** Finds the error in the graph's log, where there was a fault. */
  readonly errorId: string | undefined
  /** Finds the request in the graph's log: tell it when you ask for help. */
  readonly requestId: string | undefined

  constructor(code: GraphErrorCode, message: string, circumstances: Circumstances = {}) {
    const { retryAfterSeconds, errorId, requestId, cause } = circumstances
    super(message, cause === undefined ? {} : { cause })
    this.name = new.target.name
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
    this.errorId = errorId
    this.requestId = requestId
  }
}

/** The credentials are missing, wrong or have ended. */
export class NotAuthenticated extends GraphError {
  // With its own code each kind is a type of its own: without, `instanceof` could not tell them apart for the compiler.
  declare readonly code: 'UNAUTHENTICATED'
  constructor(message: string, circumstances?: Circumstances) {
    super('UNAUTHENTICATED', message, circumstances)
  }
}

/** This kind of client may never do this. */
export class NotAllowed extends GraphError {
  declare readonly code: 'FORBIDDEN'
  constructor(message: string, circumstances?: Circumstances) {
    super('FORBIDDEN', message, circumstances)
  }
}

/** The graph could not take the operation or its variables as they are. */
export class NotUnderstood extends GraphError {
  declare readonly code: 'BAD_USER_INPUT'
  constructor(message: string, circumstances?: Circumstances) {
    super('BAD_USER_INPUT', message, circumstances)
  }
}

/** Too many requests: wait `retryAfterSeconds`, then try again. */
export class TooManyRequests extends GraphError {
  declare readonly code: 'RATE_LIMITED'
  constructor(message: string, circumstances?: Circumstances) {
    super('RATE_LIMITED', message, circumstances)
  }
}

/** The graph, or a part it needs, did not answer in time. */
export class GraphUnavailable extends GraphError {
  declare readonly code: 'UNAVAILABLE'
  constructor(message: string, circumstances?: Circumstances) {
    super('UNAVAILABLE', message, circumstances)
  }
}

/** A fault inside the graph: `errorId` finds it in the graph's log. */
export class GraphFault extends GraphError {
  declare readonly code: 'INTERNAL'
  constructor(message: string, circumstances?: Circumstances) {
    super('INTERNAL', message, circumstances)
  }
}
