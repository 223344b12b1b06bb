import { expect, it } from 'vitest'
import { readWords } from './written-words.ts'

const formWith = (note?: string) => {
  const form = new FormData()
  if (note !== undefined) form.set('note', note)
  return form
}

it('takes what was written, without the space around it and with its lines', () => {
  expect(readWords(formWith('  No time on Monday.\r\nPhone us. '), 'note', 'Note')).toEqual({
    words: 'No time on Monday.\nPhone us.',
  })
})

it('asks for what is missing, unless it may be', () => {
  const missing = { words: '', message: 'Enter a note' }
  expect(readWords(formWith('  '), 'note', 'Note', 'Enter a note')).toEqual(missing)
  expect(readWords(formWith(), 'note', 'Note', 'Enter a note')).toEqual(missing)
  expect(readWords(formWith(), 'note', 'Note')).toEqual({ words: '' })
})

it('takes 500 characters and not one more, and keeps what is too long', () => {
  expect(readWords(formWith('a'.repeat(500)), 'note', 'Note')).toEqual({ words: 'a'.repeat(500) })
  expect(readWords(formWith('a'.repeat(501)), 'note', 'Note')).toEqual({
    words: 'a'.repeat(501),
    message: 'Note must be 500 characters or fewer. It has 501 now',
  })
})
