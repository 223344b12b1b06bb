import { pino } from 'pino'

/** Structured log lines. Ids only: never a name, a number, a contact or a clinical word. */
export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export const openLog = (part: string, level: string): Log =>
  pino({ name: part, level, base: { part }, timestamp: pino.stdTimeFunctions.isoTime })

/** What may be said of an error in a log: its kind and where it comes from, never its words, which may quote data. */
export const kindOf = (error: unknown) => ({
  error: error instanceof Error ? error.constructor.name : typeof error,
  code: typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined,
  at:
    error instanceof Error
      ? error.stack
          ?.split('\n')
          .find((line) => line.trimStart().startsWith('at '))
          ?.trim()
      : undefined,
})
