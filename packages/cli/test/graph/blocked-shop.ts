import { parseSpec } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import type { Snapshot, Spec } from '@postern/core/internal/library';
import { decodeSnapshot } from '@postern/core/internal/decode';

const SHOP = new URL('../../../../docs/tutorial/shop.json', import.meta.url);

/** Names of the greatest length that people give, by those of the tutorial. */
const LONG = {
  '"shop"': '"customer-commerce-platform-public-http-api-production"',
  'orders-alb': 'internal-orders-returns-prod-001',
  'private-a': 'production-private-application-eu-west-1a',
};
const LONG_SERVICES = ['returns', 'items'].map((name) => `customers/{customerId}/orders/{orderId}/${name}`);

/** The snapshot of the tutorial, with a link for each service, each of which blocks the calls to one address of two. */
export function blockedShop(services: readonly string[], names: Readonly<Record<string, string>> = {}) {
  let [shop, subnet, balancer] = [readFileSync(SHOP, 'utf8'), 'private-a', 'orders-alb'];
  for (const [from, to] of Object.entries(names))
    [shop, subnet, balancer] = [shop, subnet, balancer].map((text) => text.replaceAll(from, to)) as [
      string,
      string,
      string,
    ];
  const idOf = (service: string) => service.replace(/[{}]/g, '').replaceAll('/', '-');
  const spec: Spec = parseSpec(`version: 1
project: shop
spec: shop-7f3k2q
defaults: { region: eu-west-1 }
links:
${services.map((one) => `  team-${idOf(one)}: { provider: aws, subnets: [{ name: ${subnet} }], allowlist: [10.20.1.0/24] }`).join('\n')}
integrations:
${services
  .map(
    (one) => `  ${idOf(one)}:
    link: team-${idOf(one)}
    gateway: { httpApi: uwq694pz5j }
    targets: { ${idOf(one)}: { listener: { loadBalancer: ${balancer}, port: 80 } } }
    routes: { 'ANY /${one}/{proxy+}': ${idOf(one)} }`,
  )
  .join('\n')}
`);
  const snapshot: Snapshot = decodeSnapshot(shop);
  return { snapshot, spec };
}

/** Two services with long names of everything. */
export const longNames = () => blockedShop(LONG_SERVICES, LONG);

/** More links than a quota allows. */
export const manyLinks = () => blockedShop(Array.from({ length: 12 }, (_, at) => `service-${at}`));
