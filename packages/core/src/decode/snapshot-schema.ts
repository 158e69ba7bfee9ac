import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../error-codes.js';
import type { AllowEntry, Allowlist } from '../model/allowlist.js';
import type { Egress, SeenBy } from '../model/egress.js';
import type { Gateway, GatewayIntegration, Stage } from '../model/gateway.js';
import type { Link } from '../model/link.js';
import type { Route } from '../model/route.js';
import type { Target, TargetTls } from '../model/target.js';
import {
  SNAPSHOT_VERSION,
  type Access,
  type Gap,
  type PlanTraits,
  type Price,
  type Refusal,
  type PrivateDomain,
  type RegionSnapshot,
  type ServiceRole,
  type Snapshot,
} from '../snapshot/snapshot.js';
import type { Retirement } from '../driver.js';
import { flag, json, moment, optionalText, owner, port, raw, strict, strings, text, texts } from './fields.js';
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

const tls = strict<TargetTls>()({ serverName: optionalText }).optional();

const link = strict<Link>()({
  id: text,
  state: z.enum(['pending', 'ready', 'inactive', 'failed', 'deleting', 'unknown']),
  nativeState: text,
  reason: optionalText,
  name: text,
  kind: z.enum(['vpc-link-v2', 'vpc-link-v1', 'integration-instance', 'dedicated-instance']),
  networkId: optionalText,
  subnetIds: texts,
  securityGroupIds: texts,
  tags: strings,
  createdAt: optionalText,
  native: z.record(z.string(), json).optional(),
  owner: owner.optional(),
  raw,
});

const route = strict<Route>()({
  id: text,
  gatewayId: text,
  key: text,
  linkId: optionalText,
  targetId: optionalText,
  tls,
  path: z.enum(['overwrite', 'keep']).optional(),
  integrationId: optionalText,
  stages: texts.optional(),
  open: flag.optional(),
  authorization: optionalText,
  owner: owner.optional(),
  raw,
});

const gateway = strict<Gateway>()({
  id: text,
  name: text,
  kind: z.enum(['http-api', 'rest-api', 'websocket-api', 'api-group']),
  stages: z.array(
    strict<Stage>()({ name: text, autoDeploy: flag, deploymentId: optionalText, deployed: optionalText }),
  ),
  routes: z.array(route),
  integrations: z
    .array(
      strict<GatewayIntegration>()({
        id: text,
        linkId: optionalText,
        targetId: optionalText,
        owner: owner.optional(),
      }),
    )
    .optional(),
  tags: strings,
  linkId: optionalText,
  locked: optionalText,
  raw,
});

const target = strict<Target>()({
  kind: z.enum(['listener', 'service', 'instance', 'address']),
  id: text,
  name: optionalText,
  networkId: optionalText,
  resourceId: optionalText,
  resourceType: optionalText,
  port: port.optional(),
  protocol: optionalText,
  subnetIds: texts.optional(),
  securityGroupIds: texts.optional(),
  owner: owner.optional(),
  raw,
});

const allowlist = strict<Allowlist>()({
  linkId: text,
  owned: flag,
  securityGroupId: optionalText,
  entries: z.array(
    strict<AllowEntry>()({
      cidrBlock: text,
      protocol: z.enum(['tcp', 'udp', 'all']),
      fromPort: port,
      toPort: port,
      ruleId: optionalText,
      fixed: flag.optional(),
    }),
  ),
  wider: texts,
});

const egress = strict<Egress>()({
  linkId: text,
  addresses: texts,
  prefixes: texts,
  securityGroupIds: texts,
  stability: z.enum(['momentary', 'stable']),
  confidence: z.enum(['certain', 'candidate']).optional(),
  prefixNotes: strings.optional(),
  seenBy: z.array(strict<SeenBy>()({ target: text, source: z.enum(['link', 'load-balancer']), because: text })),
});

const list = z.enum([
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
]);

const gap = strict<Gap>()({
  what: text,
  operation: text,
  code: text,
  permission: optionalText,
  of: list.optional(),
  id: optionalText,
});

const refusal = strict<Refusal>()({
  subject: text,
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  message: text,
  remedy: optionalText,
  details: z.record(z.string(), json).optional(),
});

const region = strict<RegionSnapshot>()({
  provider: text,
  region: text,
  account: text,
  links: z.array(link),
  gateways: z.array(gateway),
  targets: z.array(target),
  allowlists: z.array(allowlist),
  egress: z.array(egress),
  networks: z.array(networkSchema),
  subnets: z.array(subnetSchema),
  securityGroups: z.array(securityGroupSchema),
  loadBalancers: z.array(loadBalancerSchema),
  listeners: z.array(listenerSchema),
  interfaces: z.array(interfaceSchema),
  routeTables: z.array(routeTableSchema).optional(),
  networkAcls: z.array(networkAclSchema).optional(),
  prefixLists: z.array(prefixListSchema).optional(),
  peerings: z.array(peeringSchema).optional(),
  transitGateways: z.array(transitGatewaySchema).optional(),
  virtualGateways: z.array(virtualGatewaySchema).optional(),
  instances: z.array(instanceSchema).optional(),
  targetGroups: z.array(targetGroupSchema).optional(),
  certificates: z.array(certificateSchema).optional(),
  services: z.array(serviceSchema).optional(),
  zones: z.array(zoneSchema).optional(),
  privateDomains: z.array(strict<PrivateDomain>()({ name: text, addresses: texts, linkIds: texts })).optional(),
  serviceRoles: z.array(strict<ServiceRole>()({ name: text, exists: flag })).optional(),
  retirement: z.array(strict<Retirement>()({ at: text, what: text, source: optionalText })).optional(),
  whole: z.array(list).optional(),
  gaps: z.array(gap),
  quotas: z.record(z.string(), z.number()).optional(),
  native: z.record(z.string(), json).optional(),
  refusals: z.array(refusal).optional(),
  traits: strict<PlanTraits>()({
    linksCostMoney: flag,
    targetsAreResources: flag,
    allowlistNeedsCreation: flag,
    allowlistHasPorts: flag,
    routesNeedDeployment: flag,
  }).optional(),
  prices: z.array(strict<Price>()({ link: text, summary: text, terms: texts })).optional(),
  access: z
    .array(strict<Access>()({ account: optionalText, profile: optionalText, assumeRole: optionalText }))
    .optional(),
});

/** The form of a snapshot file. */
export const snapshotSchema = strict<Snapshot>()({
  version: z.literal(SNAPSHOT_VERSION),
  takenAt: moment,
  scope: z.literal('all').optional(),
  regions: z.array(region),
});
