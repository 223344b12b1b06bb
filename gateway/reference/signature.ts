import { astFromValue, getNamedType, isListType, isNonNullType, isSpecifiedScalarType, print } from 'graphql'
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLType } from 'graphql'
import { html, type Markup, prose } from './markup.ts'

/** A type as the language writes it, with a link to what it is. */
export function typeLink(type: GraphQLType): Markup {
  if (isNonNullType(type)) return html`${typeLink(type.ofType)}!`
  if (isListType(type)) return html`[${typeLink(type.ofType)}]`
  const { name } = getNamedType(type)
  return isSpecifiedScalarType(type) ? html`${name}` : html`<a href="#${name}">${name}</a>`
}

const defaultOf = ({ defaultValue, type }: GraphQLArgument | GraphQLInputField): string => {
  const value = defaultValue === undefined ? undefined : astFromValue(defaultValue, type)
  return value ? ` = ${print(value)}` : ''
}

/** `first: Int! = 20`, with what it means. */
export const argument = (it: GraphQLArgument | GraphQLInputField): Markup =>
  html`<code><b>${it.name}</b>: ${typeLink(it.type)}${defaultOf(it)}</code> ${prose(it.description)}${deprecated(it)}`

/** `appointments(first, after): AppointmentConnection!`; what is in the brackets is told below it. */
export const signature = ({ name, args, type }: GraphQLField<unknown, unknown>): Markup =>
  html`<b>${name}</b>${args.length > 0 ? `(${args.map((it) => it.name).join(', ')})` : ''}: ${typeLink(type)}`

export const deprecated = ({
  deprecationReason,
}: {
  deprecationReason?: string | null | undefined
}): Markup | undefined =>
  deprecationReason ? html`<p class="deprecated">Going away: ${prose(deprecationReason)}</p>` : undefined
