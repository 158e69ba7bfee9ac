/** `proxy-from-env` has no types of its own. */
declare module 'proxy-from-env' {
  /** The URL of the proxy for a URL by the variables of the environment; empty where none applies. */
  export function getProxyForUrl(url: string): string;
}
