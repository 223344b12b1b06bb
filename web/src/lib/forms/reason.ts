import { chosen, type FormProblem, lengthProblems } from './answers.ts'

/** What is wrong with the answers to why somebody wants something. */
export function reasonProblems(
  choices: Record<string, string>,
  answers: URLSearchParams,
  missing: string,
): FormProblem[] {
  return [
    ...(chosen(choices, answers, 'reason') === undefined ? [{ field: 'reason', message: missing }] : []),
    ...lengthProblems(answers, 'detail', 'What you tell us'),
  ]
}

/** The message at one input of a form. */
export function problemAt(problems: readonly FormProblem[] | undefined, field: string): string | undefined {
  return problems?.find((problem) => problem.field === field)?.message
}
