import { pdfDownload } from '#lib/server/pdf-download.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = ({ locals, params, url }) => pdfDownload(locals, url, params.id)
