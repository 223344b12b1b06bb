import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } from 'graphql'
import type { GraphQLField, GraphQLNamedType } from 'graphql'
import type { FieldRule } from '../field-rules.ts'
import { fieldsIn, type Listing } from './listing.ts'
import { html, type Markup, prose } from './markup.ts'
import { whoMay } from './reader.ts'
import { argument, deprecated, signature } from './signature.ts'

/** One type: what it is, and everything the reader may use of it. */
export function typeEntry(listing: Listing, type: GraphQLNamedType, usedAt: readonly string[]): Markup {
  const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : []
  const values = isEnumType(type) ? type.getValues() : []
  return html`<section class="entry">
    <h3 id="${type.name}">${type.name}</h3>
    <p>${prose(type.description)}</p>
    ${relatives(listing, type)} ${entries(fieldsIn(listing, type).map((it) => fieldEntry(listing, type, it)))}
    ${entries(inputs.map((it) => html`<li id="${type.name}.${it.name}">${argument(it)}</li>`))}
    ${entries(
      values.map(
        (it) =>
          html`<li>
            <code><b>${it.name}</b></code> ${prose(it.description)}${deprecated(it)}
          </li>`,
      ),
    )}
    ${usedAt.length > 0 ? html`<p class="used">Met at ${links(usedAt)}.</p>` : undefined}
  </section>`
}

const entries = (items: readonly Markup[]): Markup | undefined =>
  items.length > 0
    ? html`<ul class="fields">
        ${items}
      </ul>`
    : undefined

/** One field of a type, with what it takes and who may use it. */
function fieldEntry(listing: Listing, type: GraphQLNamedType, field: GraphQLField<unknown, unknown>): Markup {
  return html`<li id="${type.name}.${field.name}">
    <code>${signature(field)}</code> ${prose(field.description)} ${details(listing, type, field)}
  </li>`
}

/** One field of the root: what can be asked, or done. */
export const rootEntry = (listing: Listing, root: GraphQLNamedType, field: GraphQLField<unknown, unknown>): Markup =>
  html`<section class="entry">
    <h3 id="${root.name}.${field.name}">${field.name}</h3>
    <p><code>${signature(field)}</code></p>
    <p>${prose(field.description)}</p>
    ${details(listing, root, field)}
  </section>`

function details(listing: Listing, type: GraphQLNamedType, field: GraphQLField<unknown, unknown>): Markup {
  return html`${deprecated(field)}
    ${
      field.args.length > 0
        ? html`<ul class="arguments">
            ${field.args.map((it) => html`<li>${argument(it)}</li>`)}
          </ul>`
        : undefined
    }
    <p class="who">For ${whoMay(ruleOf(listing, type, field.name))}.</p>`
}

/** The rule of a field. An interface has none of its own: whoever may use the field of one of its types may use it there. */
function ruleOf({ schema, rules }: Listing, type: GraphQLNamedType, field: string): FieldRule {
  const objects = isInterfaceType(type) ? schema.getPossibleTypes(type) : [type]
  const found = objects.flatMap((it) => rules.get(`${it.name}.${field}`) ?? [])
  const shared = found
    .map((it) => it.scopes)
    .reduce((all, some) => all.filter((it) => some.includes(it)), found[0]?.scopes ?? [])
  return { roles: new Set(found.flatMap((it) => [...it.roles])), scopes: shared }
}

function relatives({ schema, reach }: Listing, type: GraphQLNamedType): Markup | undefined {
  const met = (types: readonly GraphQLNamedType[]) => types.map((it) => it.name).filter((it) => reach.has(it))
  if (isUnionType(type)) return html`<p>One of ${links(met(type.getTypes()))}.</p>`
  if (isInterfaceType(type)) return html`<p>Can be ${links(met(schema.getPossibleTypes(type)))}.</p>`
  const interfaces = isObjectType(type) ? met(type.getInterfaces()) : []
  return interfaces.length > 0 ? html`<p>Is a ${links(interfaces)}.</p>` : undefined
}

/** Links to types and fields, as in a sentence. */
export const links = (names: readonly string[]): Markup =>
  html`${names.map((name, index) => html`${index > 0 ? ', ' : ''}<a href="#${name}">${name}</a>`)}`
