import { REGION, type AlibabaShop } from './shop.js';
import type { LinesOf } from '../spec-lines.js';

export { moved, spec } from '../spec-lines.js';

/** Lines of a spec of the shop. */
export type Lines = LinesOf<AlibabaShop>;

/** The specs of scenarios by name, in the order in which they are applied. */
export type Specs = Readonly<Record<string, readonly Lines[]>>;

/** Two vSwitches of the shop, in two zones. */
type Pair = readonly [number, number];
export const AB: Pair = [0, 1];
export const AC: Pair = [0, 2];

/** An integration instance. */
export const link =
  (name: string, [a, b]: Pair, { allowlist, more = '' }: { allowlist?: string; more?: string } = {}): Lines =>
  ({ subnets, securityGroup }) => {
    const list = allowlist === undefined ? '' : `, allowlist: [${allowlist}]`;
    const where = `subnets: [${subnets[a]}, ${subnets[b]}], securityGroups: [${securityGroup}]`;
    return `  ${name}: { provider: alibaba, region: ${REGION}, ${where}, spec: api.s1.small${list}${more} }\n`;
  };

/** The instance of others, named by its ID. */
export const givenLink =
  (name: string, more = ''): Lines =>
  ({ instance }) =>
    `  ${name}: { provider: alibaba, region: ${REGION}, id: ${instance}${more} }\n`;

/** Where an integration leads, and by which group and stages. */
interface Over {
  readonly target?: 0 | 1;
  readonly port?: 80 | 8080;
  readonly group?: 0 | 1;
  readonly stages?: string;
  /** The name of the target in the spec. */
  readonly as?: string;
}

export const integration =
  (name: string, on: string, routes: string, over: Over = {}): Lines =>
  ({ groups, balancers }) => {
    const { target = 0, port = 80, group = 0, stages = 'RELEASE', as = 't' } = over;
    return `  ${name}:
    link: ${on}
    gateway: { apiGroup: ${groups[group]}, stages: [${stages}] }
    targets: { ${as}: { instance: ${balancers[target]}, port: ${port} } }
    routes: { ${routes} }
`;
  };

export const ORDERS = "'GET /orders': t";
export const cn = link('cn', AB);
export const orders = integration('orders', 'cn', ORDERS);
export const bills = integration('bills', 'cn', "'GET /bills': t", { target: 1 });
