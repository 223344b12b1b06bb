/** A way into the site, with a log in of its own. Whoever came in through one is nobody at the other. */
export interface Door {
  /** The cookie that holds the session. */
  cookie: 'session' | 'desk'
  /** What the addresses of its pages about logging in and out begin with. */
  base: '' | '/desk'
  /** The first page after the log in. */
  home: string
}

/** Where patients come in. */
export const patients: Door = { cookie: 'session', base: '', home: '/home' }
/** Where hospital staff come in. */
export const staff: Door = { cookie: 'desk', base: '/desk', home: '/desk' }

/** The door a path belongs to. A path that leads nowhere has one too. */
export function doorOfPath(path: string): Door {
  return /^\/desk(?:[/?]|$)/.test(path) ? staff : patients
}

/** The door of a request: of its route, because a path can be spelled in several ways, and of the path when there is none. */
export function doorOf(routeId: string | null, pathname: string): Door {
  if (routeId === null) return doorOfPath(pathname)
  return routeId.startsWith('/(desk)/') ? staff : patients
}
