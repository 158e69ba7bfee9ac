import { LINK_TRAITS } from '../kinds/link/link-table.js';
import { GATEWAY_KINDS } from '../kinds/gateway/gateway-table.js';
import type { AllowEntry, Allowlist } from '../model/allowlist.js';
import type { Egress, SeenBy } from '../model/egress.js';
import type {
  Gateway,
  GatewayDomain,
  GatewayIntegration,
  GatewaySettings,
  GatewayUse,
  ServedRoutes,
  Stage,
  StageCanary,
} from '../model/gateway.js';
import type { Link, LinkSettings } from '../model/link.js';
import type { Route, RouteParameters, RouteSettings } from '../model/route.js';
import type { Target, TargetTls } from '../model/target.js';
import { eachOnce } from './each-once.js';
import { list, oneOf, optional, record, strict } from '../forms/form.js';
import {
  flag,
  json,
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

/** The keys of a table, as they are written there. */
function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(table) as Key[];
}

const tls = optional(strict<TargetTls>()({ serverName: optionalText }));

/** The schema of {@link Link} in a snapshot file; the others likewise. */
export const linkSchema = strict<Link>()({
  id: text,
  state: oneOf('pending', 'ready', 'inactive', 'failed', 'deleting', 'unknown'),
  nativeState: text,
  reason: optionalText,
  name: text,
  kind: oneOf(...keysOf(LINK_TRAITS)),
  networkId: optionalText,
  subnetIds: texts,
  securityGroupIds: texts,
  loadBalancerIds: optionalTexts,
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

const routeSettings = strict<RouteSettings>()({
  host: optionalText,
  timeoutMs: optional(number),
  parameters: optional(
    strict<RouteParameters>()({ path: optional(strings), query: optional(strings), header: optional(strings) }),
  ),
  authorizer: optionalText,
  scopes: optionalTexts,
  apiKey: optionalFlag,
  stream: optionalFlag,
});

const route = strict<Route>()({
  id: text,
  gatewayId: text,
  key: text,
  linkId: optionalText,
  targetId: optionalText,
  tls,
  path: optional(oneOf('overwrite', 'keep')),
  method: optionalText,
  anyAuthority: optionalFlag,
  lacks: optional(oneOf('response')),
  settings: optional(routeSettings),
  variables: optionalTexts,
  integrationId: optionalText,
  stages: optionalTexts,
  publishedOn: optionalTexts,
  publishedTargets: optional(strings),
  routedBy: optional(strings),
  open: optionalFlag,
  authorization: optionalText,
  owner: owner,
  raw,
});

const denies = optional(oneOf('all', 'some'));

const served = optional(
  strict<ServedRoutes>()({ routes: eachOnce(route, 'key'), denies, endpoint: optional(oneOf('disabled')) }),
);

export const gatewaySchema = strict<Gateway>()({
  id: text,
  name: text,
  kind: oneOf(...keysOf(GATEWAY_KINDS)),
  stages: list(
    strict<Stage>()({
      name: text,
      autoDeploy: flag,
      deploymentId: optionalText,
      deployed: optionalText,
      variables: optional(strings),
      canary: optional(
        strict<StageCanary>()({ deploymentId: optionalText, percent: number, variables: optional(strings), served }),
      ),
      served,
      createdBy: optional(strict<NonNullable<Stage['createdBy']>>()({ project: text, spec: optionalText })),
    }),
  ),
  routes: eachOnce(route, 'id'),
  integrations: optional(
    eachOnce(
      strict<GatewayIntegration>()({
        id: text,
        linkId: optionalText,
        targetId: optionalText,
        owner: owner,
        namesOthers: optionalFlag,
      }),
      'id',
      // Where stage variables name its link, each link that it has counts.
      ['linkId', 'targetId'],
    ),
  ),
  tags: strings,
  linkId: optionalText,
  locked: optionalText,
  endpoint: optional(oneOf('disabled', 'private')),
  denies,
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
        linkId: optionalText,
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
      basePath: optionalText,
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

export const targetSchema = strict<Target>()({
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

export const allowlistSchema = strict<Allowlist>()({
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
  unmanaged: optionalTexts,
  filter: optional(oneOf('inbound', 'none')),
});

export const egressSchema = strict<Egress>()({
  linkId: text,
  addresses: texts,
  prefixes: texts,
  securityGroupIds: texts,
  stability: oneOf('momentary', 'stable'),
  confidence: optional(oneOf('certain', 'candidate')),
  prefixNotes: optional(strings),
  seenBy: list(strict<SeenBy>()({ target: text, source: oneOf('link', 'load-balancer'), because: text })),
});
