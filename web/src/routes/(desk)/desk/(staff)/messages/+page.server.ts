import { fail, redirect } from '@sveltejs/kit'
import { formKey, newFormKey } from '#lib/forms/form-key.ts'
import { readWords } from '#lib/forms/written-words.ts'
import {
  RefusedMessagesDocument,
  RequestReplayDocument,
  RetryHospitalNoticeDocument,
  SettleHospitalNoticeDocument,
} from '#lib/graph/index.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const [inAfter, outAfter] = [url.searchParams.get('received'), url.searchParams.get('sent')]
  const answer = await locals.graph.read(RefusedMessagesDocument, { inAfter, outAfter })
  const { refusedHospitalMessages: received, refusedHospitalNotices: sent } = answer
  return {
    received: { ...received, nodes: received.nodes.map((message) => ({ ...message, formKey: newFormKey() })) },
    sent: {
      ...sent,
      nodes: sent.nodes.map((notice) => ({ ...notice, retryKey: newFormKey(), settleKey: newFormKey() })),
    },
    continued: inAfter !== null || outAfter !== null,
    done: url.searchParams.get('done'),
  }
}

export const actions: Actions = {
  replay: async ({ request, locals }) => {
    const form = await request.formData()
    const input = { idempotencyKey: formKey(form), hospitalMessageId: String(form.get('message') ?? '') }
    const { requestReplay: outcome } = await locals.graph.write(RequestReplayDocument, { input })
    switch (outcome.__typename) {
      case 'ReplayRequested':
        redirect(303, '/desk/messages?done=replay')
      case 'HospitalMessageNotFound':
        return fail(409, { refusal: outcome.problem })
      default:
        return outcome satisfies never
    }
  },

  retry: async ({ request, locals }) => {
    const form = await request.formData()
    const input = { idempotencyKey: formKey(form), noticeId: String(form.get('notice') ?? '') }
    const { retryHospitalNotice: outcome } = await locals.graph.write(RetryHospitalNoticeDocument, { input })
    switch (outcome.__typename) {
      case 'HospitalNoticeQueued':
        redirect(303, '/desk/messages?done=retry')
      case 'HospitalNoticeOvertaken':
      case 'HospitalNoticeNotFound':
        return fail(409, { refusal: outcome.message })
      default:
        return outcome satisfies never
    }
  },

  settle: async ({ request, locals }) => {
    const form = await request.formData()
    const noticeId = String(form.get('notice') ?? '')
    const note = readWords(form, `note-${noticeId}`, 'Note', 'Enter what you did about it')
    if ('message' in note) return fail(400, { noticeId, words: note.words, problem: note.message })
    const { settleHospitalNotice: outcome } = await locals.graph.write(SettleHospitalNoticeDocument, {
      input: { idempotencyKey: formKey(form), noticeId, note: note.words },
    })
    switch (outcome.__typename) {
      case 'HospitalNoticeSettled':
        redirect(303, '/desk/messages?done=settle')
      case 'HospitalNoticeNotFound':
        return fail(409, { refusal: outcome.message })
      default:
        return outcome satisfies never
    }
  },
}
