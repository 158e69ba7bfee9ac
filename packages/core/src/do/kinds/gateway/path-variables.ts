import type { GatewayKindTraits } from './gateway-traits.js';

/** Two names of the variable at one place of the paths of a gateway. */
export interface VariableClash {
  /** In the first route key: `{id}`. */
  readonly one: string;
  /** In the second: `{other}`. */
  readonly other: string;
}

/**
 * Why two routes cannot be on one gateway: it has one variable at each place of its paths, and they name it `{id}`
 * and `{other}`. Undefined where they can.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html
 */
export function variableClash(
  { paths }: GatewayKindTraits,
  oneKey: string,
  otherKey: string,
): VariableClash | undefined {
  if (paths?.oneVariable !== true) return undefined;
  const others = partsOf(otherKey);
  const one = partsOf(oneKey);
  const at = one.findIndex((part, index) => part !== others[index]);
  const [part = '', other = ''] = [one[at], others[at]];
  return part.startsWith('{') && other.startsWith('{') ? { one: part, other } : undefined;
}

function partsOf(key: string): readonly string[] {
  return key.replace(/^\S+ \//, '').split('/');
}
