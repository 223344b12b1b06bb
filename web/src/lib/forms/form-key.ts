import { error } from '@sveltejs/kit'

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Made when a form is shown, so that sending the same form twice is one request: a double click does nothing twice. */
export function newFormKey(): string {
  return crypto.randomUUID()
}

/** The key a form was shown with. */
export function formKey(form: FormData): string {
  const key = form.get('form-key')
  return typeof key === 'string' && uuid.test(key) ? key : error(400, 'The form is incomplete')
}
