import {
  type IdKinds,
  type SeenTarget,
  type SpecKeys,
  ADDRESS,
  ADDRESSES,
  DNS_NAME,
  type TargetKind,
  contains,
  formatPrefix,
  parsePrefix,
  type Prefix,
  faultFrom,
  type DeclaredLink,
  type DeclaredPlace,
  type DeclaredTargetPlace,
  type FaultPath,
  type SpecFault,
} from '@postern/core/internal/kinds';
import { cloudNative } from '../cloud-native/door/keys.js';
import { traditional } from '../traditional/door/keys.js';
import type { PosternError } from '@postern/core/internal/library';

/** @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const ROLE = /^acs:ram::\d+:role\/[\w.-]{1,64}$/;

/** What a product says of a declared link of one kind, besides what holds for all. */
export interface DeclaredKind {
  readonly faults: (link: DeclaredLink, key: string) => readonly SpecFault[];
  /** What is wrong with an IPv4 block of its allowlist. */
  readonly blockErrors?: (block: Prefix, link: DeclaredLink) => readonly PosternError[];
}

/** What is wrong with a declared link: credentials, blocks, and what its kind says. */
export function linkFaultsBy(kinds: Readonly<Record<string, DeclaredKind>>) {
  return (link: DeclaredLink, { key, kind }: DeclaredPlace): readonly SpecFault[] => {
    const own = kinds[kind];
    const blocks = (link.allowlist ?? []).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : 'cidr' in entry ? [entry.cidr] : [],
    );
    return [
      ...credentialFaults(link),
      ...(own?.faults(link, key) ?? []),
      ...blockFaults(blocks, (block) => own?.blockErrors?.(block, link) ?? []),
    ];
  };
}

function credentialFaults({ profile, assumeRole }: DeclaredLink): SpecFault[] {
  const faults: SpecFault[] = [];
  if (profile !== undefined) {
    const message =
      "profile is not supported on links of alibaba: credentials come from where Alibaba Cloud's own tools find them";
    const remedy = 'Remove it, and name the profile in ALIBABA_CLOUD_PROFILE.';
    faults.push({ code: 'UNSUPPORTED', message, remedy, path: ['profile'] });
  }
  if (assumeRole !== undefined && !ROLE.test(assumeRole)) {
    const message = 'not the ARN of a RAM role';
    const remedy = 'Write acs:ram::<account>:role/<name>.';
    faults.push({ code: 'INVALID_ARN', message, remedy, path: ['assumeRole'] });
  }
  return faults;
}

function blockFaults(
  blocks: readonly string[],
  errorsOf: (block: Prefix) => readonly PosternError[],
): readonly SpecFault[] {
  const prefixes = blocks.map(prefixOf);
  return prefixes.flatMap((prefix, at): readonly SpecFault[] => {
    if (prefix === undefined) return []; // reported elsewhere

    const path: FaultPath = ['allowlist', at];
    const block = formatPrefix(prefix);
    if (prefix.address.family === 6) {
      const message = `${block} is an IPv6 block, but accessible blocks are IPv4 blocks`;
      return [{ code: 'UNSUPPORTED', message, remedy: 'Remove it.', path }];
    }

    const own = errorsOf(prefix).map((error) => faultFrom(error, path));
    const wider = prefixes.findIndex(
      (other, index) => other !== undefined && index !== at && covers(other, prefix, index < at),
    );
    if (wider < 0) return own;

    const message = `${block} is inside ${blocks[wider] ?? ''}`;
    return [...own, { code: 'CIDR_REDUNDANT', message, remedy: 'Remove one of the two.', path }];
  });
}

/** Of two equal blocks only the later is redundant. */
function covers(outer: Prefix, inner: Prefix, earlier: boolean): boolean {
  return contains(outer, inner) && (outer.bits < inner.bits || earlier);
}

/** Undefined also where the text is not a block: the reader of the field reports that. */
export function prefixOf(text: string | undefined): Prefix | undefined {
  if (text === undefined) return undefined;

  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

/** An instance that a target names is an ECS or a CLB; others are reached by their addresses. */
function instanceTargetFaults(instance: unknown, { isLedTo }: DeclaredTargetPlace): readonly SpecFault[] {
  if (!isLedTo || /^(?:i|lb)-/.test(instance as string)) return [];

  return [
    {
      code: 'WRONG_KIND',
      message: `${instance as string} is neither an ECS nor a CLB instance`,
      remedy: 'Write i-… or lb-…; anything else is reached by its private address: { address, port }.',
      path: [],
    },
  ];
}

/** The keys of links on Alibaba Cloud. */
export const ALIBABA_LINK_KEYS = {
  ...traditional.linkKeys,
  spec: {
    form: 'cloud name',
    about: 'The type of the instance, or of the gateway, to buy.',
    examples: ['api.s1.medium', 'apigw.small.x2'],
    absent: '`api.s1.small`, `apigw.small.x1` of an `apig-gateway`',
  },
  ...cloudNative.linkKeys,
} as const satisfies NonNullable<SpecKeys['link']>;

/** How a spec is written on Alibaba Cloud. */
export const ALIBABA_KEYS = {
  link: ALIBABA_LINK_KEYS,
  shared: {
    links: { examples: [{ cn: { provider: 'alibaba', region: 'cn-hangzhou', id: 'apigateway-hz-72bc18d4f1aa' } }] },
    integrations: {
      examples: [
        {
          orders: {
            link: 'main',
            gateway: { apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d' },
            targets: { main: { instance: 'lb-bp1x2y3z', port: 8080 } },
            routes: { 'ANY /orders': 'main' },
          },
        },
      ],
    },
    'integrations.gateway': {
      examples: [
        { apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d', stages: ['RELEASE'] },
        { apigHttpApi: 'api-d1a2b3c4e5' },
      ],
    },
    'integrations.targets': {
      examples: [
        { orders: { instance: 'lb-bp1x2y3z', port: 8080 } },
        { orders: { addresses: ['10.20.0.7', '10.20.0.8'], port: 8080 } },
      ],
    },
    'gateway.stages': { examples: [['PRE', 'RELEASE']] },
    'link.kind': {
      about: 'An instance of API Gateway (Traditional), or a gateway of Cloud-native API Gateway.',
    },
    'link.region': { part: 'ALIBABA_CLOUD_REGION_ID', examples: ['cn-hangzhou'] },
    'link.assumeRole': { part: 'RAM', examples: ['acs:ram::1111222233334444:role/postern'] },
    'link.id': { examples: ['apigateway-hz-72bc18d4f1aa', { name: 'orders' }] },
    'link.subnets': { part: 'vSwitches', examples: [['vsw-bp1a2b3c']] },
    'link.securityGroups': { more: 'A new instance needs one, or one for each vSwitch.' },
    'link.allowlist': {
      part: 'all ports',
      more: 'Of an `apig-gateway`: security groups of backends that admit it (`group`).',
      examples: [[{ group: 'sg-bp1a2b3c', ports: [8080] }]],
    },
    'allowlist.group': { more: 'Only for an `apig-gateway`.', examples: ['sg-bp1a2b3c'] },
    timeouts: { part: '25m' },
    'assume.internalBlocks': { examples: [{ 'cn-hangzhou': ['10.200.0.0/16'] }] },
    'assume.registries': {},
  },
} satisfies SpecKeys;

/** How a spec names backends on Alibaba Cloud. */
export const ALIBABA_TARGETS = {
  instance: {
    form: 'ID',
    hasPort: true,
    about:
      'The ID of an ECS or CLB instance. A VPC access authorization is created for it, or a service of a gateway (`apig-gateway`) with its address.',
    examples: ['i-bp1a2b3c', 'lb-bp1x2y3z'],
    addressed: { called: 'the ECS or CLB instance', examples: 'a CLB instance, an ECS instance' },
    faults: instanceTargetFaults,
    written: ({ kind, resourceId = '', endpoints }: SeenTarget) =>
      (endpoints !== undefined || kind === 'instance') && /^(?:i|lb)-[A-Za-z0-9]+$/.test(resourceId)
        ? resourceId
        : undefined,
  },
  address: {
    ...ADDRESS,
    about:
      'An IP address that the link reaches: a private one through a VPC integration instance, any through an `apig-gateway`.',
  },
  addresses: {
    ...ADDRESSES,
    about: 'IP addresses that share the calls, all on one port. Only through an `apig-gateway`.',
  },
  ...cloudNative.targets,
  dnsName: { ...DNS_NAME, about: 'A DNS name that the link resolves in its VPC. Only through an `apig-gateway`.' },
} as const satisfies Readonly<Record<string, TargetKind>>;

/** What IDs begin with. */
export const ALIBABA_IDS: IdKinds = {
  kinds: {
    vsw: 'subnet (vSwitch)',
    sg: 'security group',
    vpc: 'network (VPC)',
    vtb: 'route table',
    nacl: 'network ACL',
    eni: 'network interface',
    apigateway: 'gateway instance',
    gw: 'gateway (Cloud-native API Gateway)',
    i: 'server (ECS)',
    lb: 'load balancer (CLB)',
    alb: 'load balancer (ALB)',
    nlb: 'load balancer (NLB)',
  },
  subnet: 'vsw',
  securityGroup: 'sg',
  network: 'vpc',
  loadBalancer: 'lb-',
};
