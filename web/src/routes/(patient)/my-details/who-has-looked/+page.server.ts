import { RecordAccessesDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { dayAndDate } from '#lib/words/dates.ts'
import type { AskForAccesses } from './access-lists.ts'
import { pageOfLooks } from './page-of-looks.ts'
import { addressOf, placeIn } from './place.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const place = placeIn(url.searchParams)
  const [{ looks, older }, { pals }] = await Promise.all([pageOfLooks(place, askWith(locals)), locals.trust()])
  return {
    days: [...Map.groupBy(looks, ({ at }) => dayAndDate(at))],
    older: older && addressOf(older),
    continued: place.before !== undefined,
    team: pals,
  }
}

const askWith =
  ({ graph }: App.Locals): AskForAccesses =>
  async (after) => {
    const { details = null, appointments = null, documents = null } = after
    const asked = {
      asksDetails: 'details' in after,
      asksAppointments: 'appointments' in after,
      asksDocuments: 'documents' in after,
    }
    return found((await graph.read(RecordAccessesDocument, { details, appointments, documents, ...asked })).me)
  }
