import { AppointmentToCancelDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, params }) => ({
  appointment: found((await locals.graph.read(AppointmentToCancelDocument, { id: params.id })).appointment),
})
