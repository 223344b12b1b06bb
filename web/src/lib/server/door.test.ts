import { expect, it } from 'vitest'
import { doorOf, patients, staff } from './door.ts'

it.each([
  ['/(desk)/desk/(staff)', '/desk', staff],
  ['/(desk)/desk/log-in', '/desk/log-in', staff],
  ['/(patient)/home', '/home', patients],
  ['/inbox', '/inbox', patients],
])('leads to %s by its own door', (route, path, door) => {
  expect(doorOf(route, path)).toBe(door)
})

it('follows the route and not the way its path is spelled', () => {
  expect(doorOf('/(desk)/desk/(staff)', '/%64esk')).toBe(staff)
})

it.each([
  ['/desk/nowhere', staff],
  ['/desktop', patients],
  ['/nowhere', patients],
])('has a door for %s, which leads nowhere', (path, door) => {
  expect(doorOf(null, path)).toBe(door)
})
