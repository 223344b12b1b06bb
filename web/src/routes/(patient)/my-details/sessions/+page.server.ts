import { fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { EndSessionDocument, LogOutEverywhereDocument, MySessionsDocument } from '#lib/graph/index.ts'
import { found } from '#lib/server/found.ts'
import { FORGET_EVERYTHING } from '#lib/server/headers.ts'
import { leave } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { sessions } = found((await locals.graph.read(MySessionsDocument, {})).me)
  return {
    sessions: sessions.map((session) => ({ ...session, formKey: newFormKey() })),
    formKey: newFormKey(),
    ended: url.searchParams.has('ended'),
  }
}

export const actions: Actions = {
  end: async ({ request, locals }) => {
    const form = await request.formData()
    const input = { idempotencyKey: formKey(form), sessionId: String(form.get('session') ?? '') }
    const { endSession: outcome } = await locals.graph.write(EndSessionDocument, { input })
    switch (outcome.__typename) {
      case 'SessionEnded':
        redirect(303, '/my-details/sessions?ended')
      case 'SessionNotFound':
        return fail(409, { refusal: outcome.message })
      default:
        return outcome satisfies never
    }
  },

  everywhere: async ({ request, locals, cookies, setHeaders }) => {
    const input = { idempotencyKey: formKey(await request.formData()) }
    await locals.graph.write(LogOutEverywhereDocument, { input })
    leave(cookies, locals.visit, locals.door)
    setHeaders({ 'clear-site-data': FORGET_EVERYTHING })
    redirect(303, '/log-out')
  },
}
