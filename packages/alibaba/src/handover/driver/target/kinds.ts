import type { HandoverKind, HandoverObject } from '../../run/driver.js';
import { authorizationKind, consumerKind } from './consumers.js';
import { gatewayKind } from './gateways.js';
import type { KindMethods } from './kind.js';
import { domainKind, ruleKind } from './network.js';
import { policyKind } from './policies.js';
import { apiKind, publicationKind, routeKind } from './routes.js';
import { serviceKind } from './services.js';

const KINDS: { readonly [K in HandoverKind]: KindMethods<K> } = {
  gateway: gatewayKind,
  rule: ruleKind,
  service: serviceKind,
  domain: domainKind,
  api: apiKind,
  route: routeKind,
  policy: policyKind,
  publication: publicationKind,
  consumer: consumerKind,
  authorization: authorizationKind,
};

/** How objects of the kind of `object` are found, created and deleted. */
export function methodsOf(object: HandoverObject): KindMethods<HandoverKind> {
  return KINDS[object.kind] as unknown as KindMethods<HandoverKind>;
}
