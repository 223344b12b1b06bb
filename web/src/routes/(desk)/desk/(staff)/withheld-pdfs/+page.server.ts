import { WithheldPdfsDocument } from '#lib/graph/index.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const after = url.searchParams.get('after')
  const { withheldPdfs } = await locals.graph.read(WithheldPdfsDocument, { after })
  return { pdfs: withheldPdfs, continued: after !== null }
}
