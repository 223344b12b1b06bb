import { fail, redirect } from '@sveltejs/kit'
import { readSecurityCode } from '#lib/forms/security-code.ts'
import { FinishLoginDocument, ResendLoginCodeDocument } from '#lib/graph/index.ts'
import { codeMinutes, forgetProgress, keepProgress, logInStarted, readProgress } from '#lib/server/log-in-progress.ts'
import { enter } from '#lib/server/session.ts'
import { contactHint } from '#lib/words/phones.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, cookies, url }) => {
  const team = (await locals.trust()).appointmentsTeam
  const progress = readProgress(cookies, locals.visit)
  // After a pause or a start again there is no log in under way, and still a page to show.
  if (!progress) return { team, sentTo: undefined, channel: 'TEXT' as const, codeMinutes: 0, sentAgain: false }
  return {
    team,
    sentTo: contactHint(progress.contact),
    channel: progress.channel,
    codeMinutes: progress.codeMinutes,
    sentAgain: url.searchParams.has('sent-again'),
  }
}

export const actions: Actions = {
  finish: async ({ request, locals, cookies }) => {
    const progress = logInStarted(cookies, locals.visit)
    const typed = String((await request.formData()).get('code') ?? '')
    const read = readSecurityCode(typed)
    if ('message' in read) return fail(400, { typed, problem: read.message, expired: false })

    const input = { challengeId: progress.challengeId, code: read.code }
    const { finishLogin: outcome } = await locals.graph.write(FinishLoginDocument, { input })
    switch (outcome.__typename) {
      case 'LoggedIn':
        enter(cookies, locals.visit, outcome.token, progress.returnTo)
      case 'NhsNumberNeeded':
        keepProgress(cookies, locals.visit, {
          ...progress,
          challengeId: outcome.challengeId,
          nhsNumberTries: outcome.triesLeft,
        })
        redirect(303, '/log-in/nhs-number')
      case 'WrongCode':
        return fail(400, { typed, problem: outcome.message, expired: outcome.triesLeft === 0 })
      case 'CodeExpired':
        return fail(400, { typed: '', problem: outcome.message, expired: true })
      case 'LoginPaused':
        return fail(429, { paused: { message: outcome.message, until: outcome.until } })
      case 'LoginStartAgain':
        forgetProgress(cookies, locals.visit)
        return fail(400, { startAgain: outcome.message })
      default:
        return outcome satisfies never
    }
  },

  resend: async ({ locals, cookies }) => {
    const progress = logInStarted(cookies, locals.visit)
    const input = { challengeId: progress.challengeId }
    const { resendLoginCode: outcome } = await locals.graph.write(ResendLoginCodeDocument, { input })
    switch (outcome.__typename) {
      case 'LoginCodeSent':
        keepProgress(cookies, locals.visit, {
          ...progress,
          challengeId: outcome.challengeId,
          codeMinutes: codeMinutes(outcome.expiresAt),
        })
        redirect(303, '/log-in/code?sent-again')
      case 'LoginPaused':
        return fail(429, { paused: { message: outcome.message, until: outcome.until } })
      case 'LoginStartAgain':
        forgetProgress(cookies, locals.visit)
        return fail(400, { startAgain: outcome.message })
      default:
        return outcome satisfies never
    }
  },
}
