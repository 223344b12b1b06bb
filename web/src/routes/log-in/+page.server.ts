import { fail, redirect } from '@sveltejs/kit'
import { readDateOfBirth, todayInEngland } from '#lib/forms/date-of-birth.ts'
import { dateParts, type PartName } from '#lib/forms/typed-date.ts'
import { StartLoginDocument } from '#lib/graph/index.ts'
import { deviceLabel } from '#lib/server/device.ts'
import { codeMinutes, keepProgress, readProgress } from '#lib/server/log-in-progress.ts'
import { returnPath } from '#lib/server/return-path.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, cookies, url }) => {
  const returnTo = returnPath(url.searchParams.get('return'))
  if (locals.session !== undefined) redirect(303, returnTo ?? '/home')
  const channel = channelOf(url)
  const progress = readProgress(cookies, locals.visit)
  const typed = {
    contact: progress?.channel === channel ? progress.contact : '',
    ...(progress ? dateParts(progress.bornOn) : { day: '', month: '', year: '' }),
  }
  return { channel, returnTo, typed, team: (await locals.trust()).appointmentsTeam }
}

export const actions: Actions = {
  /** The other way of getting a code. What was typed of the date of birth comes along. */
  switch: async ({ request }) => ({ typed: { ...typedIn(await request.formData()), contact: '' } }),

  send: async ({ request, locals, cookies, url }) => {
    const typed = typedIn(await request.formData())
    const channel = channelOf(url)
    const born = readDateOfBirth(typed, todayInEngland(new Date()))
    const missing = typed.contact === '' ? whatToEnter[channel] : undefined
    if (missing !== undefined || 'message' in born) return fail(400, { typed, problems: problemsOf(missing, born) })

    const { startLogin: outcome } = await locals.graph.write(StartLoginDocument, {
      input: {
        channel,
        contact: typed.contact,
        bornOn: born.date,
        device: deviceLabel(request.headers.get('user-agent')),
      },
    })
    switch (outcome.__typename) {
      case 'LoginCodeSent': {
        const returnTo = returnPath(url.searchParams.get('return'))
        keepProgress(cookies, locals.visit, {
          challengeId: outcome.challengeId,
          channel,
          contact: typed.contact,
          bornOn: born.date,
          codeMinutes: codeMinutes(outcome.expiresAt),
          ...(returnTo === undefined ? {} : { returnTo }),
        })
        redirect(303, '/log-in/code')
      }
      case 'LoginPaused':
        return fail(429, { typed, paused: { message: outcome.message, until: outcome.until } })
      case 'ContactNotUsable':
        return fail(400, { typed, problems: problemIn(outcome.field, outcome.message) })
      default:
        return outcome satisfies never
    }
  },
}

type Channel = 'TEXT' | 'EMAIL'
const whatToEnter: Record<Channel, string> = { TEXT: 'Enter your mobile number', EMAIL: 'Enter your email address' }

/** What is wrong with the form, by field. */
interface Problems {
  contact?: string
  bornOn?: string
  wrongParts?: PartName[]
}

function problemsOf(contact: string | undefined, born: ReturnType<typeof readDateOfBirth>): Problems {
  return {
    ...(contact === undefined ? {} : { contact }),
    ...('message' in born ? { bornOn: born.message, wrongParts: born.wrong } : {}),
  }
}

/** A problem that only the graph could see, at the input it is about. */
function problemIn(field: string, message: string): Problems {
  return field === 'bornOn' ? { bornOn: message } : { contact: message }
}

function channelOf(url: URL): Channel {
  return url.searchParams.get('by') === 'email' ? 'EMAIL' : 'TEXT'
}

function typedIn(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return { contact: text('contact'), day: text('day'), month: text('month'), year: text('year') }
}
