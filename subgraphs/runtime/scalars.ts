import { GraphQLScalarType } from 'graphql'
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars'

/** An instant. Leaves as text in UTC, so that a caller in this process and one behind HTTP read the same. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: 'An instant in UTC, RFC 3339: "2026-11-23T10:00:00.000Z".',
  serialize: (value) => new Date(GraphQLDateTime.serialize(value)).toISOString(),
})

/** A calendar date, year-month-day, without a time or zone: dates of birth, dates of letters. */
export const LocalDate = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  description: 'A calendar date without a time or zone: "1984-03-09".',
})
