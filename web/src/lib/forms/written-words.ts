import { answersIn, lengthProblems } from './answers.ts'

/** What somebody wrote in a form, and what is wrong with it, if anything is. */
export type WrittenWords = { words: string } | { words: string; message: string }

/** Reads a free text. `what` is how the page calls it; `missing` says what to enter, of one that must be there. */
export function readWords(form: FormData, field: string, what: string, missing?: string): WrittenWords {
  const answers = answersIn(form)
  const words = answers.get(field) ?? ''
  const message = words === '' ? missing : lengthProblems(answers, field, what)[0]?.message
  return message === undefined ? { words } : { words, message }
}
