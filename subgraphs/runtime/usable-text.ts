import { badInput } from './graph-error.ts'

/** Refuses texts that no database keeps as they are: with a zero byte in them, or half a pair of surrogates. */
export function refuseUnusableText(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw badInput('A text holds a character that cannot be stored. Remove it.')
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const part of Object.values(value)) refuseUnusableText(part)
  }
}
