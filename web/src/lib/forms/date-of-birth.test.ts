import { describe, expect, it } from 'vitest'
import { readDateOfBirth, todayInEngland } from './date-of-birth.ts'
import { dateParts } from './typed-date.ts'

const read = (day: string, month: string, year: string) => readDateOfBirth({ day, month, year }, '2026-11-22')

describe('a date of birth as people type it', () => {
  it.each([
    ['9', '3', '1984', '1984-03-09'],
    ['09', '03', '1984', '1984-03-09'],
    [' 9 ', ' 3', '1984 ', '1984-03-09'],
    ['9', 'March', '1984', '1984-03-09'],
    ['9', 'mar', '1984', '1984-03-09'],
    ['29', '2', '1996', '1996-02-29'],
    ['21', '11', '2026', '2026-11-21'],
  ])('takes %s %s %s', (day, month, year, date) => {
    expect(read(day, month, year)).toEqual({ date })
  })

  it.each([
    ['', '', '', 'Enter your date of birth', ['day', 'month', 'year']],
    ['', '3', '1984', 'Date of birth must include a day', ['day']],
    ['9', '', '', 'Date of birth must include a month and year', ['month', 'year']],
    ['9', '3', '84', 'Year must include 4 numbers', ['year']],
    ['31', '2', '1984', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['29', '2', '1995', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['9', '13', '1984', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['9', 'Smarch', '1984', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['0', '3', '1984', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['1.5', '3', '1984', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['9', '3', 'last', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['9', '3', '0999', 'Date of birth must be a real date', ['day', 'month', 'year']],
    ['22', '11', '2026', 'Date of birth must be in the past', ['day', 'month', 'year']],
    ['1', '1', '2030', 'Date of birth must be in the past', ['day', 'month', 'year']],
  ])('says what to do about "%s" "%s" "%s"', (day, month, year, message, wrong) => {
    expect(read(day, month, year)).toEqual({ message, wrong })
  })

  it('goes back into its three inputs', () => {
    expect(dateParts('1984-03-09')).toEqual({ day: '9', month: '3', year: '1984' })
  })
})

it('knows that a summer evening in London is already tomorrow before midnight UTC', () => {
  expect(todayInEngland(new Date('2026-06-30T23:30:00Z'))).toBe('2026-07-01')
  expect(todayInEngland(new Date('2026-11-22T23:30:00Z'))).toBe('2026-11-22')
})
