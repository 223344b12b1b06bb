import { describe, expect, it } from 'vitest'
import { allChosen, answersIn, chosen, lengthProblems, shownVersion, text } from './answers.ts'

const form = (...fields: [string, string][]) => {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}
const choices = { ONE: 'One', TWO: 'Two', THREE: 'Three' }

describe('the answers of a form', () => {
  it('are what the person said, and not what the page adds', () => {
    const answers = answersIn(form(['form-key', 'k'], ['version', '3'], ['reason', 'ONE'], ['detail', ' a\r\nb ']))
    expect([...answers]).toEqual([
      ['reason', 'ONE'],
      ['detail', 'a\nb'],
    ])
  })

  it('count only when they were offered', () => {
    const answers = answersIn(form(['one', 'TWO'], ['many', 'THREE'], ['many', 'ELSE'], ['many', 'ONE'], ['odd', 'X']))
    expect(chosen(choices, answers, 'one')).toBe('TWO')
    expect(chosen(choices, answers, 'odd')).toBeUndefined()
    expect(chosen(choices, answers, 'missing')).toBeUndefined()
    expect(chosen(choices, new URLSearchParams({ one: 'toString' }), 'one')).toBeUndefined()
    expect(allChosen(choices, answers, 'many')).toEqual(['ONE', 'THREE'])
  })

  it('may leave a text empty, and say too much', () => {
    expect(text(answersIn(form(['detail', '  '])), 'detail')).toBeNull()
    expect(text(new URLSearchParams(), 'detail')).toBeNull()
    expect(lengthProblems(new URLSearchParams({ detail: 'x'.repeat(500) }), 'detail', 'What you tell us')).toEqual([])
    expect(lengthProblems(new URLSearchParams({ detail: 'x'.repeat(501) }), 'detail', 'What you tell us')).toEqual([
      { field: 'detail', message: 'What you tell us must be 500 characters or fewer. It has 501 now' },
    ])
  })

  it('belong to a version of the appointment, and to none when somebody wrote the form themselves', () => {
    expect(shownVersion(form(['version', '7']))).toBe(7)
    expect(shownVersion(form(['version', 'seven']))).toBe(0)
    expect(shownVersion(form())).toBe(0)
  })
})
