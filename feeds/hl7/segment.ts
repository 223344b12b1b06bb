import { unescapeText, type Separators } from './escaping.ts'

/** What stands in one place of a message: text; null for `""`, which clears; undefined when empty, which changes nothing. */
export type Value = string | null | undefined

export type Read = (raw: string) => string

/** One repetition of a field, divided into components and subcomponents as it is asked. Counted from 1, as the standard does. */
export class Repetition {
  readonly #raw: string
  readonly #separators: Separators
  readonly #read: Read

  constructor(raw: string, separators: Separators, read: Read) {
    this.#raw = raw
    this.#separators = separators
    this.#read = read
  }

  /** `""` alone: the whole field is to be cleared. */
  get isCleared(): boolean {
    return this.#raw.trim() === '""'
  }

  /** The text of a component, or of one of its subcomponents (the first unless said). */
  value(component = 1, subcomponent = 1): Value {
    if (this.isCleared) return null
    const whole = this.#raw.split(this.#separators.component)[component - 1]
    const raw = whole?.split(this.#separators.subcomponent)[subcomponent - 1]?.trim()
    if (raw === undefined || raw === '') return undefined
    if (raw === '""') return null
    return this.#read(raw).trim() || undefined
  }

  /** The text of a component, when there is any. */
  text(component = 1, subcomponent = 1): string | undefined {
    return this.value(component, subcomponent) ?? undefined
  }

  /**
   * The whole of it, or of one component, as one text: for types that are not divided there. "Urea & electrolytes", in which nobody
   * escaped the sign, is not "Urea".
   */
  words(component?: number): string | undefined {
    const raw = component === undefined ? this.#raw : this.#raw.split(this.#separators.component)[component - 1]
    const isEmpty = raw === undefined || raw.trim() === '""'
    return isEmpty ? undefined : this.#read(raw).trim() || undefined
  }
}

/** One line of a message. */
export class Segment {
  readonly name: string
  readonly #fields: readonly string[]
  readonly #separators: Separators
  readonly #read: Read

  constructor(line: string, separators: Separators, decode: (bytes: Uint8Array) => string) {
    const fields = line.split(separators.field)
    this.name = fields[0] ?? ''
    // MSH-1 is the separator itself, and MSH-2 is never divided: put in their places, every other field has its number.
    this.#fields = this.name === 'MSH' ? ['MSH', separators.field, ...fields.slice(1)] : fields
    this.#separators = separators
    this.#read = (raw) => withoutControls(unescapeText(raw, separators, decode))
  }

  /** Every repetition of a field that says something. */
  repetitions(field: number): Repetition[] {
    const raw = this.#fields[field] ?? ''
    return raw
      .split(this.#separators.repetition)
      .filter((it) => it.trim() !== '')
      .map((it) => new Repetition(it, this.#separators, this.#read))
  }

  /** The first repetition of a field: a component of it, or a subcomponent. */
  value(field: number, component = 1, subcomponent = 1): Value {
    return this.repetitions(field)[0]?.value(component, subcomponent)
  }

  /** The same, when there is any text. */
  text(field: number, component = 1, subcomponent = 1): string | undefined {
    return this.value(field, component, subcomponent) ?? undefined
  }
}

/** Line ends and tabs stay; other control characters have no place in a name or an address. */
const withoutControls = (text: string) =>
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
