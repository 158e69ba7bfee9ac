import type { ListenerRow, Action } from '../load-balancing/state.js';
import type { BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import { ownValue } from '../../simulation/own-value.js';

type Redirect = NonNullable<Action['RedirectConfig']>;

/** What a redirect takes from the call. */
interface RedirectedCall {
  /** The `Host` of the request. */
  readonly host: string;
  /** With its query string. */
  readonly path: string;
}

/**
 * The `Location` of a redirect, in which the placeholders for the call are still open. The port is always written, and the question mark
 * is added to a query [M]: `https://#{host}:443/#{path}?#{query}`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions
 */
export function redirectTo(
  { Protocol = '#{protocol}', Port = '#{port}', Host = '#{host}', Path = '/#{path}', Query = '#{query}' }: Redirect,
  { Protocol: protocol = 'HTTP', Port: port }: Pick<ListenerRow['fields'], 'Protocol' | 'Port'>,
): string {
  const own: Values = { protocol: protocol.toLowerCase(), port: `${port}` };
  return filled(`${Protocol.toLowerCase()}://${Host}:${Port}${Path}${Query === '' ? '' : `?${Query}`}`, own);
}

/** An answer with what its `Location` takes from the call; any other answer as it is. */
export function redirected<T extends Pick<BalancerAnswer, 'headers'>>(answer: T, { host, path }: RedirectedCall): T {
  const { location } = answer.headers;
  if (typeof location !== 'string') return answer;

  const [way = '', ...query] = path.split('?');
  const values: Values = { host: host.replace(/:\d+$/, ''), path: way.replace(/^\//, ''), query: query.join('?') };
  return { ...answer, headers: { ...answer.headers, location: filled(location, values).replace(/\?$/, '') } };
}

type Values = Readonly<Record<string, string>>;

function filled(text: string, values: Values): string {
  return text.replaceAll(/#\{(\w+)\}/g, (whole, name: string) => ownValue(values, name) ?? whole);
}
