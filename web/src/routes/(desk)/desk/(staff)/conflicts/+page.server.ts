import { fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { readWords } from '#lib/forms/written-words.ts'
import { ConflictsDocument, SettleConflictDocument } from '#lib/graph/index.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const after = url.searchParams.get('after')
  const { conflicts } = await locals.graph.read(ConflictsDocument, { after })
  return {
    conflicts: conflicts.nodes.map((conflict) => ({ ...conflict, formKey: newFormKey() })),
    count: conflicts.totalCount,
    pageInfo: conflicts.pageInfo,
    continued: after !== null,
    settled: url.searchParams.has('settled'),
  }
}

export const actions: Actions = {
  settle: async ({ request, locals }) => {
    const form = await request.formData()
    const conflictId = String(form.get('conflict') ?? '')
    const note = readWords(form, `note-${conflictId}`, 'Note', 'Enter what you did about it')
    if ('message' in note) return fail(400, { conflictId, words: note.words, problem: note.message })
    const { settleConflict: outcome } = await locals.graph.write(SettleConflictDocument, {
      input: { idempotencyKey: formKey(form), conflictId, note: note.words },
    })
    switch (outcome.__typename) {
      case 'ConflictSettled':
        redirect(303, '/desk/conflicts?settled')
      case 'ConflictNotFound':
        return fail(409, { refusal: outcome.message })
      default:
        return outcome satisfies never
    }
  },
}
