import { error } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

/** An address of the desk that leads nowhere still is one of the desk: staff are told with its menu, and others log in first. */
export const load: PageServerLoad = () => error(404, 'Not found')
