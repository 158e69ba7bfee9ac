type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that name a proxy for a scheme, in the order in which libraries look them up. */
const variables = (scheme: 'http' | 'https'): readonly string[] =>
  [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** The variable that names the proxy for calls of a scheme: `HTTPS_PROXY`. Undefined: none is set. */
export function proxyVariable(scheme: 'http' | 'https', env: Environment): string | undefined {
  return variables(scheme).find((name) => (env[name] ?? '') !== '');
}

/** Whether some variable names a proxy. Only then is a library for proxies loaded. */
export function hasProxy(env: Environment): boolean {
  return proxyVariable('https', env) !== undefined || proxyVariable('http', env) !== undefined;
}

/** A connection through a proxy that did not come about: nothing was sent to the endpoint. */
export class ProxyFailed extends Error {
  override readonly name = 'ProxyFailed';
  /** The variable that names the proxy. */
  readonly variable: string;
  readonly remedy: string;

  constructor(message: string, variable: string, cause: unknown) {
    super(message, { cause });
    this.variable = variable;
    this.remedy = `Check the proxy that ${variable} names, or add the host to NO_PROXY to call it directly.`;
  }
}

/** The failure of a proxy, without the user and the password of its URL. */
export function proxyFailed(url: string, variable: string | undefined, cause: unknown): ProxyFailed {
  const name = variable ?? 'the environment';
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
  const why = typeof code === 'string' ? code : String(message ?? 'no answer');
  return new ProxyFailed(`the proxy ${withoutLogin(url)} of ${name} could not be used: ${why}`, name, cause);
}

/** The URL without what may be secret: all between the scheme and the last `@`, and what follows the host. */
function withoutLogin(url: string): string {
  const [, scheme = '', rest = url] = /^([a-z][\w+.-]*:\/\/)?(.*)$/is.exec(url) ?? [];
  return `${scheme}${rest.slice(rest.lastIndexOf('@') + 1).replace(/[/?#].*$/s, '')}`;
}
