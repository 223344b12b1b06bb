import { readFile } from 'node:fs/promises'
import { NotDone } from './not-done.ts'

/** What is in a file that was named on the command line. */
export async function readWords(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new NotDone(code === 'ENOENT' ? `${file}: there is no such file.` : `${file}: cannot be read (${code}).`, {
      cause: error,
    })
  }
}
