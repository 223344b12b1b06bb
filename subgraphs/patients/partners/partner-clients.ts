import { Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { PartnerClient } from './partner-client.entity.ts'
import { PartnerClientType } from './partner-client.type.ts'

@Resolver()
export class PartnerClients {
  @Auth({ roles: [Role.SYSTEM] })
  @Query(() => [PartnerClientType], {
    description: 'Every system of a partner organisation that is or was registered, by organisation and name.',
  })
  partnerClients(@Ctx() { em }: Context) {
    const orderBy = { organisationName: 'asc', name: 'asc', createdAt: 'asc', id: 'asc' } as const
    return em.find(PartnerClient, {}, { orderBy })
  }
}
