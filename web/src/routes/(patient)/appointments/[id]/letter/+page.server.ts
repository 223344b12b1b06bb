import { AppointmentLetterDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { appointment } = await locals.graph.read(AppointmentLetterDocument, { id: params.id })
  const { letter, ...rest } = found(appointment)
  return { appointment: rest, letter: found(letter), addressOfTrust: (await locals.trust()).addressLines }
}
