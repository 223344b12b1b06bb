import { COOKIES, cookieName } from '#lib/server/cookies.ts'
import type { PageServerLoad } from './$types'

const purposes: Record<(typeof COOKIES)[number], { purpose: string; until: string }> = {
  session: {
    purpose: 'Knows that you are logged in',
    until: 'When you log out, after 10 minutes without use, or when you close the browser',
  },
  'log-in': {
    purpose: 'Remembers what you typed while you log in. It is encrypted.',
    until: 'When you have logged in, or after 15 minutes',
  },
  answers: {
    purpose:
      'Remembers your answers while you change or cancel an appointment, or choose who can see your record. It is encrypted.',
    until: 'When you have sent them, when you log out, or after 1 hour',
  },
  desk: {
    purpose: 'Knows that a member of hospital staff is logged in. Patients never have it.',
    until: 'When they log out, after 10 minutes without use, or when they close the browser',
  },
}

export const load: PageServerLoad = ({ locals }) => ({
  cookies: COOKIES.map((name) => ({ name: cookieName(name, locals.visit.settings), ...purposes[name] })),
})
