/** The remedy for calls that a login action redirects or refuses. */
export function remedyForLogin(who: string): string {
  return `Remove the login from ${who}, or set OnUnauthenticatedRequest to allow and authorize callers at the gateway: callers of an API have no session.`;
}

/** Where rules look at the host of calls, and only the spec can give it. */
export function hostHint(path: string | undefined): string {
  return path === undefined ? '' : ` If you know the Host header of these calls, write it under ${path}.`;
}
