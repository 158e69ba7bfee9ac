import { strict } from '../../forms/form.js';
import {
  gatewayShape,
  type Gateway,
  type GatewayIntegration,
  privateDomainShape,
  type PrivateDomain,
} from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import { part, resource } from './resource.js';
import { customDomainShape, type CustomDomain, type DomainMapping } from '../../model/custom-domain.js';
import { allowlistShape, type AllowEntry, type Allowlist } from '../../model/allowlist.js';
import {
  egressShape,
  type Egress,
  linkShape,
  type Link,
  serviceRoleShape,
  type ServiceRole,
} from '../../model/link.js';
import { targetShape, type Target } from '../../model/target.js';

const routePart = part<Route>('route', ({ key }) => key);

/** See {@link Gateway}. */
export const gateways = resource(strict<Gateway>()(gatewayShape), {
  always: true,
  key: 'id',
  by: ['kind', 'id'],
  noun: 'gateway',
  diffOrder: 20,
  holds: 'scope',
  wholeWithGateways: true,
  parts: {
    routes: routePart,
    // What a stage serves, and its canary, has routes.
    stages: { noun: 'stage', key: ({ name }) => String(name), parts: { routes: routePart } },
    integrations: part<GatewayIntegration>('integration', ({ id }) => id),
  },
});

const mapping = part<DomainMapping>('mapping', ({ path, gatewayId, stage }) =>
  [`/${path} to ${gatewayId}`, ...(stage === undefined ? [] : [stage])].join(' '),
);

/** See {@link CustomDomain}. */
export const customDomains = resource(strict<CustomDomain>()(customDomainShape), {
  key: 'id',
  noun: 'custom domain',
  diffOrder: 25,
  affectsPaths: false,
  holds: 'scope',
  parts: { mappings: mapping },
});

const entry = part<AllowEntry>('entry', ({ cidrBlock, securityGroupId, protocol, fromPort, toPort }) =>
  protocol === 'all'
    ? cidrBlock
    : `${securityGroupId ?? cidrBlock} ${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`,
);

/** See {@link Allowlist}. */
export const allowlists = resource(strict<Allowlist>()(allowlistShape), {
  always: true,
  key: 'linkId',
  noun: 'allowlist of link',
  nouns: 'allowlists',
  unread: { one: 'allowlist' },
  diffOrder: 21,
  holds: 'scope',
  wholeWithGateways: true,
  parts: { entries: entry },
});

/** See {@link Egress}. */
export const egress = resource(strict<Egress>()(egressShape), {
  always: true,
  key: 'linkId',
  noun: 'egress of link',
  nouns: 'egress of links',
  unread: { one: 'the addresses of link', all: 'addresses of links' },
  diffOrder: 22,
  holds: 'scope',
  wholeWithGateways: true,
});

/** See {@link Link}. */
export const links = resource(strict<Link>()(linkShape), {
  always: true,
  key: 'id',
  noun: 'link',
  diffOrder: 1,
  holds: 'scope',
});

/** See {@link PrivateDomain}. */
export const privateDomains = resource(strict<PrivateDomain>()(privateDomainShape), {
  key: 'name',
  repeats: true,
  noun: 'private domain',
  diffOrder: 18,
  holds: 'scope',
});

/** See {@link ServiceRole}. */
export const serviceRoles = resource(strict<ServiceRole>()(serviceRoleShape), {
  key: 'name',
  repeats: true,
  noun: 'service role',
  diffOrder: 24,
  affectsPaths: false,
  holds: 'scope',
});

/** See {@link Target}. */
export const targets = resource(strict<Target>()(targetShape), {
  always: true,
  key: 'id',
  by: ['kind', 'id'],
  noun: 'target',
  diffOrder: 16,
  holds: 'scope',
});
