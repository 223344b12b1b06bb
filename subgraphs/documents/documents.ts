import { Arg, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { encodeCursor, page, PageInfo, pageSize } from '../runtime/page.ts'
import { badInput } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { ClinicalDocument } from './clinical-document.ts'
import type { DocumentsContext } from './context.ts'
import { DocumentFilter, type Wanted, wantedBy } from './document-filter.ts'
import { countOwnDocuments, ownDocuments } from './own-documents.ts'
import { ownSource } from './own-source.ts'
import { type FromPartner, partnerRecords } from './partners/partner-records.ts'
import { afterCursor, merged, wantedOf } from './partners-documents.ts'
import { RecordSource } from './partners/record-source.type.ts'
import type { ShownDocument } from './shown-document.ts'
import { shownOfList } from './shown-of-document.ts'

/** Partners are shown this hospital's own alone. */
const shownToReader = { roles: [Role.PATIENT, Role.SYSTEM] }

@ObjectType({ description: 'A page of the documents of a patient.' })
export class DocumentConnection {
  @Auth(shownOfList)
  @Field(() => [ClinicalDocument], { description: 'The documents of this page.' })
  readonly nodes!: ShownDocument[]

  @Auth(shownOfList)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(shownToReader)
  @Field(() => [RecordSource], {
    description:
      'Every hospital that was asked, and how it answered: a list without one of them is not a list without documents.',
  })
  readonly sources!: RecordSource[]

  /** How many there are on all pages; counted to `most`, when it is given. */
  readonly count!: (most?: number) => Promise<number>
}

const mostToCountTo = 1000

/** What is counted only when it is asked for. */
@Resolver(() => DocumentConnection)
export class CountOfDocuments {
  @Auth(shownOfList)
  @FieldResolver(() => Int, {
    description:
      'How many there are on all pages, of all sources that answered. Counted only when asked, and with upTo no further than one more than that: 100 of upTo 99 means more than 99.',
  })
  async totalCount(
    @Root() { count }: DocumentConnection,
    @Arg('upTo', () => Int, {
      nullable: true,
      description: `Where the number stops to matter: 1 to ${mostToCountTo}. Left out, all are counted.`,
    })
    upTo: number | null | undefined,
  ): Promise<number> {
    if (typeof upTo !== 'number') return count()
    if (upTo < 1 || upTo > mostToCountTo) throw badInput(`upTo: count to a number from 1 to ${mostToCountTo}.`)
    return Math.min(await count(upTo + 1), upTo + 1)
  }
}

export interface Asked {
  readonly filter?: DocumentFilter | null | undefined
  readonly first: number
  readonly after?: string | undefined
}

/** One list of what every hospital wrote: a page of our own rows, with what partners gave put in between. */
export async function documents(context: DocumentsContext, asked: Asked): Promise<DocumentConnection> {
  const size = pageSize(asked.first)
  const wanted = wantedBy(asked.filter)
  checkTrust(context, wanted)
  const [own, partners] = await Promise.all([
    isOwnWanted(context, wanted) ? ownDocuments(context, wanted, { after: asked.after, limit: size + 1 }) : [],
    fromPartners(context, wanted),
  ])
  const theirs = wantedOf(
    partners.flatMap((it) => it.documents),
    wanted,
  )
  const cursorOf = ({ writtenAt, id }: ShownDocument) => encodeCursor(writtenAt.getTime(), id)
  return {
    ...page(merged(own, afterCursor(theirs, asked.after)), size, cursorOf),
    count: async (most) =>
      theirs.length + (isOwnWanted(context, wanted) ? await countOwnDocuments(context, wanted, { most }) : 0),
    sources: [
      ...(isOwnWanted(context, wanted) ? [ownSource(context.trust)] : []),
      ...partners.map(({ source }) => source),
    ],
  }
}

function checkTrust(context: DocumentsContext, wanted: Wanted): void {
  const { trustCode } = wanted
  if (trustCode !== null && !isOwnWanted(context, wanted) && !context.partners.of(trustCode))
    throw badInput('trustCode: this portal shows no records of a trust with this code. Use one of recordSources.')
}

const isOwnWanted = ({ trust }: DocumentsContext, { trustCode }: Wanted) =>
  trustCode === null || trustCode === trust.odsCode

const fromPartners = (context: DocumentsContext, { trustCode }: Wanted): FromPartner[] | Promise<FromPartner[]> =>
  trustCode === context.trust.odsCode ? [] : partnerRecords(context, trustCode ?? undefined)

@Resolver()
export class ListDocuments {
  @Auth({ roles: [Role.PATIENT] })
  @Query(() => DocumentConnection, {
    description:
      'Your letters, summaries and results, newest first, of every hospital whose records this portal shows.',
  })
  documents(
    @Arg('filter', () => DocumentFilter, { nullable: true, description: 'Which of them.' })
    filter: DocumentFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Ctx() context: DocumentsContext,
  ) {
    return documents(context, { filter, first, after: after ?? undefined })
  }
}
