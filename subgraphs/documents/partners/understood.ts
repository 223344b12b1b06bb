import type { Resource } from '@medplum/fhirtypes'

/**
 * False when a resource says that who does not know some rule, or some extension that changes the meaning of what is beside it, must
 * not go by it: a value that was denied looks like one that was found. Nobody here knows any of them.
 */
export function isUnderstood(resource: Resource): boolean {
  return !resource.implicitRules && !isModified(resource)
}

function isModified(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if ('modifierExtension' in value && [value.modifierExtension].flat().length > 0) return true
  return Object.values(value).some(isModified)
}
