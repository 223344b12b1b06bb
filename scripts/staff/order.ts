import { parseArgs } from 'node:util'

/** What `npm run staff` says when it is asked for help, or not understood. */
export const usage = `Log ins to the staff desk of a running portal.

  npm run staff -- create <e-mail> --name "Rowan Ellis" [--clinics EYE1,DER1] [--releases-results]
                                       without --clinics: all clinics
                                       with --releases-results: they release test results to patients, and hold them
  npm run staff -- list                everyone with a log in
  npm run staff -- reset <e-mail>      a new password and code app; also opens a disabled log in again
                                       [--releases-results or --no-releases-results: changes that; else as it was]
  npm run staff -- disable <e-mail>    ends a log in and its sessions at once

The password and the code app are shown once, when they are made. Pass them on in person.
Ends with 0 when it was done, 1 when not.
`

/** The command was not understood. */
export class NotUnderstoodOrder extends Error {
  override name = 'NotUnderstoodOrder'
}

export type Order =
  | {
      readonly act: 'create'
      readonly email: string
      readonly name: string
      readonly clinicCodes: string[] | undefined
      readonly releasesResults: boolean | undefined
    }
  | { readonly act: 'reset'; readonly email: string; readonly releasesResults: boolean | undefined }
  | { readonly act: 'disable'; readonly email: string }
  | { readonly act: 'list' | 'help' }

/** What was typed after `npm run staff --`. Throws what is wrong with it. */
export function readOrder(args: string[]): Order {
  const { values, words } = parsed(args)
  const [act, email, ...more] = words
  if (values.help || act === undefined || act === 'help') return { act: 'help' }
  if (more.length) throw new NotUnderstoodOrder(`Not understood: ${more.join(' ')}.`)
  switch (act) {
    case 'list':
      return { act }
    case 'create':
      return {
        act,
        email: given(email, '<e-mail>'),
        name: given(values.name, '--name'),
        clinicCodes: codes(values),
        releasesResults: values['releases-results'],
      }
    case 'reset':
      return { act, email: given(email, '<e-mail>'), releasesResults: values['releases-results'] }
    case 'disable':
      return { act, email: given(email, '<e-mail>') }
    default:
      throw new NotUnderstoodOrder(`There is no command "${act}".`)
  }
}

const options = {
  name: { type: 'string' },
  clinics: { type: 'string' },
  'releases-results': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

function parsed(args: string[]) {
  try {
    const { values, positionals: words } = parseArgs({ args, options, allowPositionals: true, allowNegative: true })
    return { values, words }
  } catch (error) {
    throw new NotUnderstoodOrder(error instanceof Error ? error.message : String(error))
  }
}

function given(value: string | undefined, name: string): string {
  if (!value?.trim()) throw new NotUnderstoodOrder(`${name} is missing.`)
  return value.trim()
}

const codes = ({ clinics }: { clinics?: string | undefined }) => clinics?.split(',').map((it) => it.trim())
