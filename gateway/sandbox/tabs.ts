import type { Reader } from '../reference/reader.ts'
import { groups, headersOf } from './examples.ts'
import { filled, type Values } from './values.ts'

/** What stands in one tab of the editor. */
export interface Tab {
  query: string | null
  variables?: string | null
  headers?: string | null
}

/** Tabs beside each other, and which of them is in front. */
export interface TabRow {
  tabs: readonly Tab[]
  front: number
}

/** The tabs of each reader, as they were left: who comes back to a reader finds their own words again. */
export class Tabs {
  readonly #left = new Map<Reader, TabRow>()
  /** What was filled in by us, and the example's own text of it: filled in anew for another person, unless it was changed. */
  readonly #templates = new Map<string, string>()

  keep(reader: Reader, row: TabRow): void {
    this.#left.set(reader, row)
  }

  of(reader: Reader, values: Values): TabRow {
    const left = this.#left.get(reader)
    if (left) {
      const refilled = left.tabs.map((tab) => ({ ...tab, variables: this.#refilled(tab.variables ?? null, values) }))
      return { tabs: refilled, front: left.front }
    }
    const examples = groups.find((it) => it.reader === reader)?.examples ?? []
    const headers = headersOf(reader)
    const tabs = examples.map(({ query, variables }) => ({
      query,
      variables: this.#filled(variables, values),
      headers,
    }))
    return { tabs, front: 0 }
  }

  /** An example that stands in none of the tabs any more. */
  again(reader: Reader, name: string, values: Values): Tab | undefined {
    const example = groups.find((it) => it.reader === reader)?.examples.find((it) => it.name === name)
    return (
      example && {
        query: example.query,
        variables: this.#filled(example.variables, values),
        headers: headersOf(reader),
      }
    )
  }

  #filled(template: string | null, values: Values): string | null {
    const text = filled(template, values)
    if (template && text) this.#templates.set(text, template)
    return text
  }

  #refilled(text: string | null, values: Values): string | null {
    const template = text === null ? undefined : this.#templates.get(text)
    return template === undefined ? text : this.#filled(template, values)
  }
}

/** Where an example stands among tabs; -1 when it was closed or renamed. */
export const placeOf = (tabs: readonly Tab[], name: string): number =>
  tabs.findIndex(({ query }) => new RegExp(`^(?:query|mutation) ${name}\\b`, 'm').test(query ?? ''))
