import { fail, redirect } from '@sveltejs/kit'
import { readSecurityCode } from '#lib/forms/security-code.ts'
import { LogInStaffDocument } from '#lib/graph/index.ts'
import { deviceLabel } from '#lib/server/device.ts'
import { staff } from '#lib/server/door.ts'
import { returnPath } from '#lib/server/return-path.ts'
import { enterDesk } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const returnTo = returnPath(url.searchParams.get('return'), staff)
  if (locals.session !== undefined) redirect(303, returnTo ?? staff.home)
  return { returnTo, support: (await locals.trust()).technicalSupport }
}

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const form = await request.formData()
    const email = String(form.get('email') ?? '').trim()
    const password = String(form.get('password') ?? '')
    const code = readSecurityCode(String(form.get('code') ?? ''))
    if (email === '' || password === '' || 'message' in code)
      return fail(400, { email, problems: problemsOf(email, password, code) })

    const device = deviceLabel(request.headers.get('user-agent'))
    const { logInStaff: outcome } = await locals.graph.write(LogInStaffDocument, {
      input: { email, password, code: code.code, device },
    })
    switch (outcome.__typename) {
      case 'StaffLoggedIn':
        return enterDesk(cookies, locals.visit, outcome.token, returnPath(url.searchParams.get('return'), staff))
      case 'StaffLoginRefused': {
        const problems: Problems = { email: outcome.message }
        return fail(400, { email, problems })
      }
      case 'LoginPaused':
        return fail(429, { email, paused: { message: outcome.message, until: outcome.until } })
      default:
        return outcome satisfies never
    }
  },
}

/** What is wrong with the form, by field. */
interface Problems {
  email?: string
  password?: string
  code?: string
}

function problemsOf(email: string, password: string, code: ReturnType<typeof readSecurityCode>): Problems {
  return {
    ...(email === '' && { email: 'Enter your email address' }),
    ...(password === '' && { password: 'Enter your password' }),
    ...('message' in code && { code: code.message }),
  }
}
