import { Ctx, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { MessagesContext } from './context.ts'
import { HospitalMessage, refusals } from './hospital-message.entity.ts'
import { HospitalMessageType, systems } from './hospital-message.type.ts'

const mostAtOnce = 20

/** What staff asked for and feeds have not taken yet. */
export async function hospitalMessagesToReplay({ em }: MessagesContext): Promise<HospitalMessage[]> {
  const wanted = { replayRequestedAt: { $ne: null }, acknowledgement: { $in: refusals } }
  return em.find(HospitalMessage, wanted, { orderBy: { replayRequestedAt: 'asc', id: 'asc' }, limit: mostAtOnce })
}

@Resolver()
export class HospitalMessagesToReplay {
  @Auth(systems)
  @Query(() => [HospitalMessageType], {
    description: `Refused messages that staff asked to have taken again, those asked for first first, at most ${mostAtOnce}.`,
  })
  hospitalMessagesToReplay(@Ctx() context: MessagesContext) {
    return hospitalMessagesToReplay(context)
  }
}
