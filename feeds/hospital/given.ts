import { readTimestamp } from '../hl7/timestamp.ts'
import { NotUnderstoodCommand } from './usage.ts'

export type Values = Record<string, string | boolean | undefined>

/** What was typed after the name of a command. */
export class Given {
  readonly values: Values
  readonly words: string[]

  constructor(values: Values, words: string[]) {
    this.values = values
    this.words = words
  }

  word(name: string): string {
    return this.words[0] ?? missing(`<${name}>`)
  }

  text(name: string): string | undefined {
    const value = this.values[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }

  optional<Name extends string>(name: Name): { [N in Name]?: string } {
    const value = this.text(name)
    return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: string }
  }

  flag(name: string): boolean {
    return this.values[name] === true
  }

  time(name: string): Date | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const time = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/.test(value) ? readTimestamp(value.replace(/\D/g, '')) : undefined
    if (!time || time.clockChange === 'SKIPPED')
      throw new NotUnderstoodCommand(`--${name}: "${value}" is no time in London. Write it like "2026-12-01 10:30".`)
    return time.instant
  }

  port(): number | undefined {
    const value = this.text('port')
    if (value !== undefined && !(/^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535))
      throw new NotUnderstoodCommand(`--port: "${value}" is no port.`)
    return value === undefined ? undefined : Number(value)
  }

  minutes(): number | undefined {
    const value = this.text('minutes')
    if (value !== undefined && !/^[1-9]\d{0,3}$/.test(value))
      throw new NotUnderstoodCommand(`--minutes: "${value}" is no number of minutes.`)
    return value === undefined ? undefined : Number(value)
  }
}

/** Complains that something was not typed. */
export function missing(name: string): never {
  throw new NotUnderstoodCommand(`${name} is missing.`)
}
