import { error, fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { ReleaseTestResultDocument } from '#lib/graph/index.ts'
import { resultAsSeen, stepsSeen } from '#lib/server/result-at-desk.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, request: { method } }) => ({
  ...(await resultAsSeen(locals, { id: params.id, url, method, choice: 'release' })),
  formKey: newFormKey(),
})

export const actions: Actions = {
  release: async ({ request, locals, params, url }) => {
    const { releaseTestResult: outcome } = await locals.graph.write(ReleaseTestResultDocument, {
      input: { idempotencyKey: formKey(await request.formData()), resultId: params.id, steps: stepsSeen(url) },
    })
    switch (outcome.__typename) {
      case 'TestResultReleased':
        redirect(303, `/desk/results/${outcome.result.id}?done=released`)
      case 'TestResultHasChanged':
      case 'TestResultNotReleasable':
        return fail(409, { refusal: outcome.message })
      case 'TestResultNotFound':
        error(404, 'Not found')
      default:
        return outcome satisfies never
    }
  },
}
