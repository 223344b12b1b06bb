import { redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { StopSharingDocument } from '#lib/graph/index.ts'
import { sharingOf } from '#lib/server/sharing.ts'
import { canBeStopped } from '../sharing.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const sharing = await sharingOf(locals)
  if (!canBeStopped(sharing)) redirect(303, '/my-details/sharing')
  return { organisations: sharing.organisations, formKey: newFormKey() }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const input = { idempotencyKey: formKey(await request.formData()) }
    await locals.graph.write(StopSharingDocument, { input })
    // That page looks again.
    redirect(303, '/my-details/sharing/stopped')
  },
}
