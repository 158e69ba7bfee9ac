/** The methods that a route takes, and that an integration calls its backend with. */
export const HTTP_METHODS: readonly string[] = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
