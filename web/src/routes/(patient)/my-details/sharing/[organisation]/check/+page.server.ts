import { fail, redirect } from '@sveltejs/kit'
import { allChosen, answersIn } from '#lib/forms/answers.ts'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { ChooseSharingDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { sharingWith } from '#lib/server/sharing.ts'
import { forgetAnswers, keepAnswers, keptAnswers } from '#lib/server/unsent-answers.ts'
import { categoryWords } from '#lib/words/sharing.ts'
import { sharedNow } from '../../sharing.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ cookies, locals, params }) => {
  const answers = keptAnswers(cookies, locals.visit, params.organisation)
  if (!answers.has('answered')) redirect(303, pageOf(params.organisation))
  const organisation = found(await sharingWith(locals, params.organisation))
  const wanted = allChosen(categoryWords, answers, 'share')
  return { organisation, now: sharedNow(organisation), wanted, answers, formKey: newFormKey() }
}

export const actions: Actions = {
  default: async ({ request, cookies, locals, params }) => {
    const form = await request.formData()
    const answers = answersIn(form)
    keepAnswers(cookies, locals.visit, params.organisation, answers)
    const categories = allChosen(categoryWords, answers, 'share')
    const version = String(form.get('version') ?? '')
    const input = { idempotencyKey: formKey(form), organisationCode: params.organisation, version, categories }
    const { chooseSharing: outcome } = await locals.graph.write(ChooseSharingDocument, { input })
    switch (outcome.__typename) {
      case 'SharingChosen':
        forgetAnswers(cookies, locals.visit)
        redirect(303, `${pageOf(params.organisation)}/saved`)
      case 'SharingHasChanged':
        return fail(409, {
          problem: `What ${outcome.organisation.organisationName} can see has changed since you opened this page. Check your choices again`,
        })
      case 'SharingNotPossible':
        return fail(409, { problem: outcome.message })
      default:
        return outcome satisfies never
    }
  },
}

const pageOf = (organisation: string) => `/my-details/sharing/${encodeURIComponent(organisation)}`
