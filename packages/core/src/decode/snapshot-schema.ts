import { ERROR_CODES, type ErrorCode } from '../error-codes.js';
import type { Json } from '../json.js';
import type { AllowEntry, Allowlist } from '../model/allowlist.js';
import type { Egress, SeenBy } from '../model/egress.js';
import type {
  Gateway,
  GatewayDomain,
  GatewayIntegration,
  GatewaySettings,
  GatewayUse,
  Stage,
} from '../model/gateway.js';
import type { Link, LinkSettings } from '../model/link.js';
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
import { list, oneOf, optional, record, strict, value } from './form.js';
import {
  flag,
  json,
  moment,
  number,
  optionalFlag,
  optionalText,
  optionalTexts,
  owner,
  port,
  raw,
  strings,
  text,
  texts,
} from './form-values.js';
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

const tls = optional(strict<TargetTls>()({ serverName: optionalText }));

const link = strict<Link>()({
  id: text,
  state: oneOf('pending', 'ready', 'inactive', 'failed', 'deleting', 'unknown'),
  nativeState: text,
  reason: optionalText,
  name: text,
  kind: oneOf('vpc-link-v2', 'vpc-link-v1', 'integration-instance', 'dedicated-instance'),
  networkId: optionalText,
  subnetIds: texts,
  securityGroupIds: texts,
  tags: strings,
  createdAt: optionalText,
  native: optional(record(json)),
  settings: optional(
    strict<LinkSettings>()({
      httpsPolicy: optionalText,
      requestsPerSecond: optional(number),
      ipv6: optionalFlag,
      egressIpv6: optionalFlag,
      clientNetworkId: optionalText,
      networkDomain: optionalFlag,
      intranetDomain: optionalFlag,
      selfCallDomain: optionalFlag,
      spec: optionalText,
      switchPending: optionalFlag,
    }),
  ),
  owner: owner,
  raw,
});

const route = strict<Route>()({
  id: text,
  gatewayId: text,
  key: text,
  linkId: optionalText,
  targetId: optionalText,
  tls,
  path: optional(oneOf('overwrite', 'keep')),
  integrationId: optionalText,
  stages: optionalTexts,
  open: optionalFlag,
  authorization: optionalText,
  owner: owner,
  raw,
});

const gateway = strict<Gateway>()({
  id: text,
  name: text,
  kind: oneOf('http-api', 'rest-api', 'websocket-api', 'api-group'),
  stages: list(strict<Stage>()({ name: text, autoDeploy: flag, deploymentId: optionalText, deployed: optionalText })),
  routes: list(route),
  integrations: optional(
    list(
      strict<GatewayIntegration>()({
        id: text,
        linkId: optionalText,
        targetId: optionalText,
        owner: owner,
      }),
    ),
  ),
  tags: strings,
  linkId: optionalText,
  locked: optionalText,
  uses: optional(
    list(
      strict<GatewayUse>()({
        kind: oneOf('route', 'backend', 'plugin'),
        id: text,
        name: text,
        routeIds: texts,
        stage: optionalText,
        pluginType: optionalText,
        targetId: optionalText,
        host: optionalText,
        port: optional(port),
        scheme: optional(oneOf('http', 'https')),
        registry: optionalText,
        unreadable: optionalText,
      }),
    ),
  ),
  settings: optional(
    strict<GatewaySettings>()({
      httpsPolicy: optionalText,
      requestsPerSecond: optional(number),
      ipv6: optionalFlag,
      domains: list(
        strict<GatewayDomain>()({
          name: text,
          kind: oneOf('public', 'network', 'intranet', 'self-call', 'custom'),
          byCname: optionalFlag,
        }),
      ),
      migration: optional(
        strict<NonNullable<GatewaySettings['migration']>>()({ state: text, running: flag, error: optionalText }),
      ),
      marketplace: optionalFlag,
    }),
  ),
  raw,
});

const target = strict<Target>()({
  kind: oneOf('listener', 'service', 'instance', 'address'),
  id: text,
  name: optionalText,
  networkId: optionalText,
  resourceId: optionalText,
  resourceType: optionalText,
  port: optional(port),
  protocol: optionalText,
  subnetIds: optionalTexts,
  securityGroupIds: optionalTexts,
  owner: owner,
  raw,
});

const allowlist = strict<Allowlist>()({
  linkId: text,
  owned: flag,
  securityGroupId: optionalText,
  entries: list(
    strict<AllowEntry>()({
      cidrBlock: text,
      protocol: oneOf('tcp', 'udp', 'all'),
      fromPort: port,
      toPort: port,
      ruleId: optionalText,
      fixed: optionalFlag,
    }),
  ),
  wider: texts,
});

const egress = strict<Egress>()({
  linkId: text,
  addresses: texts,
  prefixes: texts,
  securityGroupIds: texts,
  stability: oneOf('momentary', 'stable'),
  confidence: optional(oneOf('certain', 'candidate')),
  prefixNotes: optional(strings),
  seenBy: list(strict<SeenBy>()({ target: text, source: oneOf('link', 'load-balancer'), because: text })),
});

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

const refusal = strict<Refusal>()({
  subject: text,
  code: oneOf(...(Object.keys(ERROR_CODES) as ErrorCode[])),
  message: text,
  remedy: optionalText,
  details: optional(record<Json | undefined>({ ...json, of: undefined })),
});

const region = strict<RegionSnapshot>()({
  provider: text,
  region: text,
  account: text,
  links: list(link),
  gateways: list(gateway),
  targets: list(target),
  allowlists: list(allowlist),
  egress: list(egress),
  networks: list(networkSchema),
  subnets: list(subnetSchema),
  securityGroups: list(securityGroupSchema),
  loadBalancers: list(loadBalancerSchema),
  listeners: list(listenerSchema),
  interfaces: list(interfaceSchema),
  routeTables: optional(list(routeTableSchema)),
  networkAcls: optional(list(networkAclSchema)),
  prefixLists: optional(list(prefixListSchema)),
  peerings: optional(list(peeringSchema)),
  transitGateways: optional(list(transitGatewaySchema)),
  virtualGateways: optional(list(virtualGatewaySchema)),
  instances: optional(list(instanceSchema)),
  targetGroups: optional(list(targetGroupSchema)),
  certificates: optional(list(certificateSchema)),
  services: optional(list(serviceSchema)),
  zones: optional(list(zoneSchema)),
  privateDomains: optional(list(strict<PrivateDomain>()({ name: text, addresses: texts, linkIds: texts }))),
  serviceRoles: optional(list(strict<ServiceRole>()({ name: text, exists: flag }))),
  retirement: optional(list(strict<Retirement>()({ at: text, what: text, source: optionalText }))),
  whole: optional(list(listName)),
  gaps: list(gap),
  quotas: optional(record(number)),
  native: optional(record(json)),
  refusals: optional(list(refusal)),
  traits: optional(
    strict<PlanTraits>()({
      linksCostMoney: flag,
      targetsAreResources: flag,
      allowlistNeedsCreation: flag,
      allowlistHasPorts: flag,
      routesNeedDeployment: flag,
    }),
  ),
  prices: optional(list(strict<Price>()({ link: text, summary: text, terms: texts }))),
  access: optional(list(strict<Access>()({ account: optionalText, profile: optionalText, assumeRole: optionalText }))),
});

/** The form of a snapshot file. */
export const snapshotSchema = strict<Snapshot>()({
  version: value(`version ${SNAPSHOT_VERSION}`, (given) => given === SNAPSHOT_VERSION, { const: SNAPSHOT_VERSION }),
  takenAt: moment,
  scope: optional(oneOf('all')),
  redacted: optional(value<true>('true', (given) => given === true, { const: true })),
  regions: list(region),
});
