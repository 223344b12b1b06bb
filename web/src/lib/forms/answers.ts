/** What a free text may hold, in characters as the graph counts them. */
export const MOST_CHARACTERS = 500

/** Something wrong with a form, at the input it is about. */
export interface FormProblem {
  field: string
  message: string
}

/** What belongs to one showing of a form and not to the answers. */
const notAnswers = new Set(['form-key', 'version'])

/** What a form answers, by the names of its inputs: the same whether it was just sent or kept from an earlier page. */
export function answersIn(form: FormData): URLSearchParams {
  const answers = new URLSearchParams()
  for (const [name, value] of form)
    // Browsers send a line break as two characters; the person pressed one key.
    if (typeof value === 'string' && !notAnswers.has(name)) answers.append(name, value.replaceAll('\r\n', '\n').trim())
  return answers
}

/** The one of these that was chosen. */
export function chosen<Choice extends string>(
  choices: Record<Choice, string>,
  answers: URLSearchParams,
  name: string,
): Choice | undefined {
  return allChosen(choices, answers, name)[0]
}

/** Those of these that were chosen, in the order they are offered. */
export function allChosen<Choice extends string>(
  choices: Record<Choice, string>,
  answers: URLSearchParams,
  name: string,
): Choice[] {
  const given = answers.getAll(name)
  return (Object.keys(choices) as Choice[]).filter((choice) => given.includes(choice))
}

/** A free text; none when nothing was written. */
export function text(answers: URLSearchParams, name: string): string | null {
  return answers.get(name) || null
}

/** What is wrong with the length of a free text. `what` is how the page calls it: "What you tell us". */
export function lengthProblems(answers: URLSearchParams, name: string, what: string): FormProblem[] {
  const length = answers.get(name)?.length ?? 0
  if (length <= MOST_CHARACTERS) return []
  return [{ field: name, message: `${what} must be ${MOST_CHARACTERS} characters or fewer. It has ${length} now` }]
}

/** The version of the appointment that stood on the page the form was on. */
export function shownVersion(form: FormData): number {
  const version = Number(form.get('version'))
  return Number.isInteger(version) ? version : 0
}
