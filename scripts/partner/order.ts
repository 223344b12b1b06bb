import { parseArgs } from 'node:util'

/** The command was not understood. */
export class NotUnderstoodOrder extends Error {
  override name = 'NotUnderstoodOrder'
}

/** Public keys that a partner handed over: a file, or where it serves them itself. */
export interface KeySource {
  readonly file?: string | undefined
  /** What to call the key of a file that does not say it. */
  readonly kid?: string | undefined
  readonly url?: string | undefined
}

export type Order =
  | {
      readonly act: 'register'
      readonly organisationCode: string
      readonly organisationName: string
      readonly name: string
      readonly scopes: string[]
      readonly keys: KeySource
      readonly operationFiles: string[]
    }
  | { readonly act: 'rotate'; readonly id: string; readonly add: KeySource; readonly removeKeyIds: string[] }
  | {
      readonly act: 'limit'
      readonly id: string
      readonly scopes: string[] | undefined
      /** None: any operation again. Left out: as it was. */
      readonly operationFiles: string[] | undefined
    }
  | { readonly act: 'revoke'; readonly id: string }
  | {
      readonly act: 'share'
      readonly hospitalNumber: string
      readonly organisationCode: string
      readonly categories: string[]
      readonly until: string | undefined
    }
  | { readonly act: 'list' | 'help' }

/** What was typed after `npm run partner --`. Throws what is wrong with it. */
export function readOrder(args: string[]): Order {
  const { values, positionals } = parsed(args)
  const [act, ...words] = positionals
  if (values.help || act === undefined || act === 'help') return { act: 'help' }
  const read = acts[act]
  if (!read) throw new NotUnderstoodOrder(`There is no command "${act}".`)
  const other = Object.keys(values).find((it) => !read.options.includes(it as Option))
  if (other) throw new NotUnderstoodOrder(`"${act}" takes no --${other}.`)
  return read.order(values, words)
}

const options = {
  organisation: { type: 'string' },
  'organisation-name': { type: 'string' },
  name: { type: 'string' },
  scopes: { type: 'string' },
  keys: { type: 'string' },
  'keys-url': { type: 'string' },
  kid: { type: 'string' },
  remove: { type: 'string', multiple: true },
  'any-operation': { type: 'boolean' },
  categories: { type: 'string' },
  until: { type: 'string' },
  help: { type: 'boolean' },
} as const
type Option = keyof typeof options
type Values = ReturnType<typeof parsed>['values']

interface Act {
  readonly options: readonly Option[]
  order(values: Values, words: string[]): Order
}

const acts: Partial<Record<string, Act>> = {
  list: { options: [], order: (_, words) => (noMore(words), { act: 'list' }) },
  register: {
    options: ['organisation', 'organisation-name', 'name', 'scopes', 'keys', 'keys-url', 'kid'],
    order: (values, words) => ({
      act: 'register',
      organisationCode: given(values.organisation, '--organisation'),
      organisationName: given(values['organisation-name'], '--organisation-name'),
      name: given(values.name, '--name'),
      scopes: listed(given(values.scopes, '--scopes')),
      keys: keySource(values),
      operationFiles: words,
    }),
  },
  rotate: {
    options: ['keys', 'keys-url', 'kid', 'remove'],
    order: (values, [id, ...more]) => {
      noMore(more)
      return { act: 'rotate', id: given(id, '<client id>'), add: keySource(values), removeKeyIds: values.remove ?? [] }
    },
  },
  limit: {
    options: ['scopes', 'any-operation'],
    order: (values, [id, ...files]) => {
      if (files.length && values['any-operation'])
        throw new NotUnderstoodOrder('Name the operations, or say --any-operation: one of the two.')
      return {
        act: 'limit',
        id: given(id, '<client id>'),
        scopes: values.scopes === undefined ? undefined : listed(values.scopes),
        operationFiles: files.length || values['any-operation'] ? files : undefined,
      }
    },
  },
  revoke: { options: [], order: (_, [id, ...more]) => (noMore(more), { act: 'revoke', id: given(id, '<client id>') }) },
  share: {
    options: ['organisation', 'categories', 'until'],
    order: (values, [hospitalNumber, ...more]) => {
      noMore(more)
      return {
        act: 'share',
        hospitalNumber: given(hospitalNumber, '<hospital number>'),
        organisationCode: given(values.organisation, '--organisation'),
        categories: listed(values.categories ?? missing('--categories')).map((it) => it.toUpperCase()),
        until: values.until,
      }
    },
  },
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new NotUnderstoodOrder(error instanceof Error ? error.message : String(error))
  }
}

const missing = (name: string): never => {
  throw new NotUnderstoodOrder(`${name} is missing.`)
}
const given = (value: string | undefined, name: string): string => value?.trim() || missing(name)
const listed = (text: string) =>
  text
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it)

function noMore(words: string[]): void {
  if (words.length) throw new NotUnderstoodOrder(`Not understood: ${words.join(' ')}.`)
}

const keySource = ({ keys: file, 'keys-url': url, kid }: Values): KeySource => ({ file, url, kid })
