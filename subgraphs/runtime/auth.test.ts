import { type GraphQLSchema, printSchema } from 'graphql'
import { buildSchemaSync, Field, InterfaceType, ObjectType, Query, Resolver } from 'type-graphql'
import { describe, expect, it } from 'vitest'
import { Auth, AuthOfInherited } from './auth.ts'
import { Role } from './viewer.ts'

@InterfaceType({ description: 'Something that was written.' })
abstract class Writing {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => String, { description: 'What it is called.' })
  title!: string

  @Auth({ roles: [Role.PATIENT] })
  @Field(() => String, { description: 'What it says.' })
  text!: string
}

@AuthOfInherited({ roles: [Role.PATIENT, Role.STAFF] }, Writing, ['title'])
@ObjectType({ implements: Writing, description: 'One that staff may look for.' })
class Report extends Writing {}

@Resolver()
class Reports {
  @Auth({ roles: [Role.PATIENT] })
  @Query(() => Report, { description: 'The newest.' })
  report(): Report {
    return Object.assign(new Report(), { title: 'Chest X-ray', text: 'Normal.' })
  }
}

/** The roles that a field of the schema names, as its directive has them. */
function rolesOf(schema: GraphQLSchema, type: 'Report' | 'Writing', name: string): string {
  const kind = schema.getType(type)
  if (!kind || !('getFields' in kind)) throw new Error(printSchema(schema))
  const directives = kind.getFields()[name]?.astNode?.directives ?? []
  const named = directives.flatMap((it) => it.arguments ?? []).find((it) => it.name.value === 'roles')?.value
  return named?.kind === 'ListValue' ? named.values.map((it) => ('value' in it ? it.value : '')).join() : ''
}

describe('a rule for fields that a type has from an interface', () => {
  it('holds for those fields of that type, and for no other', () => {
    const schema = buildSchemaSync({ resolvers: [Reports], validate: false })
    expect(rolesOf(schema, 'Report', 'title')).toBe('PATIENT,STAFF')
    expect(rolesOf(schema, 'Report', 'text')).toBe('PATIENT')
    expect(rolesOf(schema, 'Writing', 'title')).toBe('PATIENT')
  })

  it.each([
    ['one that the interface does not have', ['title', 'titel']],
    ['what every object has', ['toString']],
  ])('is refused when it names %s: nobody would notice that it does nothing', (_, names) => {
    const give = AuthOfInherited({ roles: [Role.STAFF] }, Writing, names)
    expect(() => give(class Letter extends Writing {})).toThrow('Letter: not every field named is one of Writing')
  })
})
