import { Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'
import type { DocumentsContext } from '../context.ts'
import { ownSource } from '../own-source.ts'
import { partnerRecords } from './partner-records.ts'
import { RecordSource } from './record-source.type.ts'

/** This hospital first, then its partners, each with how it answered. */
export async function recordSources(context: DocumentsContext): Promise<RecordSource[]> {
  const partners = await partnerRecords(context)
  return [ownSource(context.trust), ...partners.map(({ source }) => source)]
}

@Resolver()
export class RecordSources {
  @Auth({ roles: [Role.PATIENT] })
  @Query(() => [RecordSource], {
    description:
      'Every hospital whose records are shown here, and how it answers. Asks those not asked in the last minute.',
  })
  recordSources(@Ctx() context: DocumentsContext) {
    return recordSources(context)
  }
}
