import { pdfAtDesk } from '#lib/server/pdf-download.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = ({ locals, params, url }) => pdfAtDesk(locals, url, params.id)
