import { Field, InputType } from 'type-graphql'
import { londonInstant, plusDays } from '../runtime/london.ts'
import { badInput } from '../runtime/problem.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { DocumentKind } from './document-kind.ts'
import { searchable } from './searchable.ts'

@InputType({ description: 'Which documents are looked for. What is left out does not matter.' })
export class DocumentFilter {
  @Field(() => [DocumentKind], { nullable: true, description: 'Of these kinds: at least one.' })
  kinds?: DocumentKind[] | null

  @Field(() => String, {
    nullable: true,
    description:
      "ODS code: only this trust's. Left out: of all. This hospital's own are answered for without asking anybody else.",
  })
  trustCode?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what the patient has not opened. False: only what they have.',
  })
  unread?: boolean | null

  @Field(() => LocalDate, { nullable: true, description: 'Written on this day in London or later.' })
  from?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Written on this day in London or earlier.' })
  until?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Words that all stand in the title or the text, whatever their case and accents; at most 100 characters. Nothing that waits is searched.',
  })
  search?: string | null
}

/** A filter that was checked, ready to be compared. */
export interface Wanted {
  readonly kinds: readonly DocumentKind[] | null
  readonly trustCode: string | null
  readonly unread: boolean | null
  readonly since: Date | null
  readonly before: Date | null
  readonly words: readonly string[]
}

export const longestSearch = 100

/** Reads a filter, or BAD_USER_INPUT that says what to do. */
export function wantedBy(filter: DocumentFilter | null | undefined): Wanted {
  const { kinds = null, trustCode = null, unread = null, from = null, until = null, search } = filter ?? {}
  if (kinds?.length === 0) throw badInput('kinds: name at least one, or leave it out for all.')
  if (from && until && from > until) throw badInput('from: must not be after until.')
  if (search && [...search].length > longestSearch) throw badInput(`search: use at most ${longestSearch} characters.`)
  return {
    kinds,
    trustCode,
    unread,
    since: from ? startOf(from) : null,
    before: until ? startOf(plusDays(within(until), 1)) : null,
    words: searchable(search ?? '')
      .split(' ')
      .filter(Boolean),
  }
}

const startOf = (day: string) => londonInstant(within(day), '00:00')

/** A calendar knows years that no hospital has written in: with them, dates would no longer compare as text. */
const within = (day: string) => (day < '1900-01-01' ? '1900-01-01' : day > '2999-12-31' ? '2999-12-31' : day)
