import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars'

/** An instant in UTC. */
export const DateTime = GraphQLDateTime
/** A calendar date, year-month-day, without a time or zone: dates of birth, dates of letters. */
export const LocalDate = GraphQLLocalDate
