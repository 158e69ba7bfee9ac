import { FAR_REGION, REGION, type AwsShop } from './shop.js';
import type { LinesOf } from '../spec-lines.js';

export { moved, spec } from '../spec-lines.js';

/** Lines of a spec of the shop. */
export type Lines = LinesOf<AwsShop>;

/** The specs of scenarios by name, in the order in which they are applied. */
export type Specs = Readonly<Record<string, readonly Lines[]>>;

/** Two subnets of the shop. */
type Pair = readonly [number, number];
export const AB: Pair = [0, 1];
export const BC: Pair = [1, 2];

/** A V2 link; with `allowlist` it has a security group of its own. */
export const link =
  (name: string, [a, b]: Pair, { allowlist, more = '' }: { allowlist?: string; more?: string } = {}): Lines =>
  ({ subnets, group }) => {
    const groups = allowlist === undefined ? `securityGroups: [${group}]` : `allowlist: [${allowlist}]`;
    return `  ${name}: { provider: aws, region: ${REGION}, subnets: [${subnets[a]}, ${subnets[b]}], ${groups}${more} }\n`;
  };

/** A V2 link in the second region. */
export const farLink =
  (name: string, [a, b]: Pair): Lines =>
  ({ far: { subnets, group } }) =>
    `  ${name}: { provider: aws, region: ${FAR_REGION}, subnets: [${subnets[a]}, ${subnets[b]}], securityGroups: [${group}] }\n`;

/** A V1 link to a Network Load Balancer. */
export const balancerLink =
  (name: string, loadBalancer: string): Lines =>
  () =>
    `  ${name}: { provider: aws, region: ${REGION}, loadBalancer: ${loadBalancer} }\n`;

/** A link of others, named by its ID. */
export const givenLink =
  (name: string, which: 'v2' | 'v1', more = ''): Lines =>
  ({ links }) =>
    `  ${name}: { provider: aws, region: ${REGION}, ${which === 'v1' ? 'kind: vpc-link-v1, ' : ''}id: ${links[which]}${more} }\n`;

/** The gateways of the shop as specs name them. */
const GATEWAYS = {
  api: ({ api }: AwsShop) => `httpApi: ${api}`,
  manual: ({ manual }: AwsShop) => `httpApi: ${manual}`,
  rest: ({ rest }: AwsShop) => `restApi: ${rest}, stage: prod`,
  test: ({ rest }: AwsShop) => `restApi: ${rest}, stage: test`,
  fresh: ({ bare }: AwsShop) => `restApi: ${bare}, stage: fresh`,
  newest: ({ bare }: AwsShop) => `restApi: ${bare}, stage: newest`,
  socket: ({ socket }: AwsShop) => `webSocketApi: ${socket}`,
  far: ({ far }: AwsShop) => `httpApi: ${far.api}`,
} as const;

/** Where an integration leads, and by which gateway. */
interface Over {
  /** The load balancer; by default the name of the integration. */
  readonly target?: string;
  readonly gateway?: keyof typeof GATEWAYS;
  /** The name of the target in the spec. */
  readonly as?: string;
  readonly port?: 80 | 8080;
}

export const integration =
  (
    name: string,
    on: string,
    routes: string,
    { target = name, gateway = 'api', as = 't', port = 80 }: Over = {},
  ): Lines =>
  (shop) =>
    `  ${name}:
    link: ${on}
    gateway: { ${GATEWAYS[gateway](shop)} }
    targets: { ${as}: { listener: { loadBalancer: ${target}, port: ${port} } } }
    routes: { ${routes} }
`;

export const ORDERS = "'GET /orders': t";
export const orders = integration('orders', 'eu', ORDERS);
export const bills = integration('bills', 'eu', "'GET /bills': t");
