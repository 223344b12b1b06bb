import { fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { ChooseSharingDocument } from '#lib/graph/index.ts'
import { sharingOf } from '#lib/server/sharing.ts'
import { canBeStopped } from '../sharing.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const organisations = await sharingOf(locals)
  if (!canBeStopped(organisations)) redirect(303, '/my-details/sharing')
  return { organisations, formKey: newFormKey() }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const key = formKey(await request.formData())
    const problems: string[] = []
    // Those that see nothing now too: then nobody starts to share with them later.
    for (const { organisationCode } of await sharingOf(locals)) {
      const input = { idempotencyKey: `${key}.${organisationCode}`, organisationCode, categories: [] }
      const { chooseSharing: outcome } = await locals.graph.write(ChooseSharingDocument, { input })
      if (outcome.__typename === 'SharingNotPossible') problems.push(outcome.message)
    }
    if (problems.length > 0) return fail(409, { problem: problems[0] })
    redirect(303, '/my-details/sharing/stopped')
  },
}
