import { placeKey } from '../model/product.js';
import { ERROR_CODES, type ErrorCode } from '../error-codes.js';
import {
  SNAPSHOT_VERSION,
  type Access,
  type Asked,
  type Gap,
  type PrivateDomain,
  type RegionSnapshot,
  type ServiceRole,
  type Snapshot,
  type Unread,
} from '../snapshot/snapshot.js';
import type { Retirement } from '../model/traits.js';
import {
  certificateSchema,
  listenerSchema,
  loadBalancerSchema,
  serviceSchema,
  targetGroupSchema,
} from './load-balancer-schema.js';
import {
  instanceSchema,
  interfaceSchema,
  networkSchema,
  securityGroupSchema,
  subnetSchema,
  zoneSchema,
} from './network-schema.js';
import {
  networkAclSchema,
  peeringSchema,
  prefixListSchema,
  routeTableSchema,
  transitGatewaySchema,
  virtualGatewaySchema,
} from './routing-schema.js';
import { eachOnce } from './each-once.js';
import { list, oneOf, optional, record, strict, value, type Form } from '../forms/form.js';
import { flag, json, moment, number, optionalText, optionalTexts, text, texts } from './form-values.js';
import { allowlistSchema, egressSchema, gatewaySchema, linkSchema, targetSchema } from './link-schema.js';

const listName = oneOf(
  'links',
  'gateways',
  'targets',
  'allowlists',
  'egress',
  'networks',
  'subnets',
  'securityGroups',
  'loadBalancers',
  'listeners',
  'interfaces',
  'routeTables',
  'networkAcls',
  'prefixLists',
  'peerings',
  'transitGateways',
  'virtualGateways',
  'instances',
  'targetGroups',
  'certificates',
  'services',
  'zones',
  'privateDomains',
  'serviceRoles',
  'quotas',
);

const gap = strict<Gap>()({
  what: text,
  operation: text,
  code: text,
  permission: optionalText,
  of: optional(listName),
  id: optionalText,
});

const errorCode = oneOf(...(Object.keys(ERROR_CODES) as ErrorCode[]));

const region = strict<RegionSnapshot>()({
  provider: text,
  product: optionalText,
  region: text,
  account: text,
  links: eachOnce(linkSchema, 'id'),
  gateways: eachOnce(gatewaySchema, 'id'),
  targets: eachOnce(targetSchema, 'id'),
  allowlists: eachOnce(allowlistSchema, 'linkId'),
  egress: eachOnce(egressSchema, 'linkId'),
  networks: eachOnce(networkSchema, 'id'),
  subnets: eachOnce(subnetSchema, 'id'),
  securityGroups: eachOnce(securityGroupSchema, 'id'),
  loadBalancers: eachOnce(loadBalancerSchema, 'id'),
  listeners: eachOnce(listenerSchema, 'id'),
  interfaces: eachOnce(interfaceSchema, 'id'),
  routeTables: optional(eachOnce(routeTableSchema, 'id')),
  networkAcls: optional(eachOnce(networkAclSchema, 'id')),
  prefixLists: optional(eachOnce(prefixListSchema, 'id')),
  peerings: optional(eachOnce(peeringSchema, 'id')),
  transitGateways: optional(eachOnce(transitGatewaySchema, 'id')),
  virtualGateways: optional(eachOnce(virtualGatewaySchema, 'id')),
  instances: optional(eachOnce(instanceSchema, 'id')),
  targetGroups: optional(eachOnce(targetGroupSchema, 'id')),
  certificates: optional(eachOnce(certificateSchema, 'id')),
  services: optional(eachOnce(serviceSchema, 'id')),
  zones: optional(eachOnce(zoneSchema, 'id')),
  privateDomains: optional(list(strict<PrivateDomain>()({ name: text, addresses: texts, linkIds: texts }))),
  serviceRoles: optional(list(strict<ServiceRole>()({ name: text, exists: flag }))),
  retirement: optional(
    list(
      strict<Retirement>()({
        at: text,
        what: text,
        ends: optional(oneOf('sale', 'renewal', 'service')),
        source: optionalText,
      }),
    ),
  ),
  whole: optional(list(listName)),
  asked: optional(
    strict<Asked>()({ project: text, networks: optionalTexts, subnets: optionalTexts, securityGroups: optionalTexts }),
  ),
  gaps: list(gap),
  quotas: optional(record(number)),
  native: optional(record(json)),
  unread: optional(strict<Unread>()({ code: errorCode, message: text, remedy: optionalText })),
  access: optional(list(strict<Access>()({ account: optionalText, profile: optionalText, assumeRole: optionalText }))),
});

const regions = list(region);

/** Each region once: of two regions with one name it cannot be determined which is meant. */
const places: Form<readonly RegionSnapshot[]> = {
  ...regions,
  check: (given, walk) => {
    regions.check(given, walk);
    if (!Array.isArray(given) || walk.issues.length > 0) return;
    const seen = new Set<string>();
    for (const one of given as readonly RegionSnapshot[]) {
      const key = placeKey(one);
      const { provider, region: name, account } = one;
      if (seen.has(key)) walk.add(`${provider} ${name} of account ${account} stands there twice`);
      seen.add(key);
    }
  },
};

/** The form of a snapshot file, with one entry per account and region. */
export const snapshotSchema = strict<Snapshot>()({
  version: value(`version ${SNAPSHOT_VERSION}`, (given) => given === SNAPSHOT_VERSION, { const: SNAPSHOT_VERSION }),
  takenAt: moment,
  scope: optional(oneOf('all')),
  redacted: optional(value<true>('true', (given) => given === true, { const: true })),
  regions: places,
});
