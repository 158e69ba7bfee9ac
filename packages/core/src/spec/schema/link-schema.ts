import * as z from 'zod';
import { cidrBlock, cloudName, duration, id, lookUp, port, portSpan, region, say, strict, tags } from './fields.js';
import { called, optional, required } from './notes.js';
import { BUILT_IN } from '../../do/kinds/built-in/built-in.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { CloudTraits } from '../../do/kinds/cloud/network-traits.js';
import type { NativeKey } from '../../do/kinds/link/link-traits.js';
import { GATEWAY_ACCESS } from '../../do/kinds/link/apig-gateway/request.js';
import type { LinkKind } from '../../do/model/link.js';

/** The clouds of the types below. */
export type CloudName = 'aws' | 'alibaba';

export const timeouts = strict({
  create: optional(duration, 'How long to wait until a new link can carry calls.', {
    examples: ['15m'],
    absent: '10m (AWS), 25m (Alibaba Cloud)',
  }),
  delete: optional(duration, 'How long to wait until a deleted link no longer exists.', {
    examples: ['20m'],
    absent: '10m (AWS), 25m (Alibaba Cloud)',
  }),
});

export const external = z.literal('external', {
  error: say('the only valid owner is external', 'Write external, or remove the key.'),
});

const ports = z
  .array(z.union([port, portSpan], { error: say('not a valid port or range of ports', 'Write 443 or "8000-8100".') }))
  .min(1)
  .max(60);

const allowed = called(
  'allowlist entry',
  z.union(
    [
      cidrBlock,
      strict({
        cidr: required(cidrBlock, 'The block.', { examples: ['10.30.0.0/16'], cloud: 'aws' }),
        ports: required(called('list of ports', ports), 'TCP ports, and ranges of TCP ports. At most 60.', {
          examples: [[443], [443, '8000-8100']],
          cloud: 'aws',
        }),
      }),
      strict({
        group: required(id, 'The ID of a security group of backends. Only for an `apig-gateway`.', {
          examples: ['sg-bp1a2b3c'],
          cloud: 'alibaba',
        }),
        ports: optional(called('list of ports', ports), 'TCP ports, and ranges of TCP ports. At most 60.', {
          examples: [[8080], [8080, '9000-9100']],
          absent: 'the ports of the targets',
          cloud: 'alibaba',
        }),
      }),
    ],
    {
      error: ({ input }) =>
        typeof input === 'object' && input !== null && !Array.isArray(input)
          ? undefined
          : say('not a valid allowlist entry', 'Write 10.0.0.0/16, or { cidr: 10.0.0.0/16, ports: [443] }.'),
    },
  ),
);

const linkFields = {
  region: optional(region, 'The region of the link.', {
    examples: ['eu-west-1', 'cn-hangzhou'],
    absent: '`defaults.region`, then `--region`, then the variable of the cloud, such as `AWS_REGION`',
  }),
  profile: optional(cloudName, 'A profile of the AWS configuration and credentials files.', {
    examples: ['staging'],
    absent: "the AWS SDK's default credentials",
    cloud: 'aws',
  }),
  assumeRole: optional(id, 'The ARN of an IAM or RAM role. Every call for this link is made with that role.', {
    examples: ['arn:aws:iam::111122223333:role/postern', 'acs:ram::1111222233334444:role/postern'],
    absent: 'no role is assumed',
  }),
  id: optional(
    lookUp,
    'Adopts this link in place of creating one. An adopted link is never deleted: `destroy` removes its marks only.',
    {
      examples: ['a1b2c3', 'apigateway-hz-72bc18d4f1aa', { name: 'orders' }],
      absent: 'a link is created from `subnets`, or `loadBalancer`',
    },
  ),
  name: optional(cloudName, "The link's name in the cloud.", {
    examples: ['orders-prod'],
    absent: "the link's key in the spec",
  }),
  network: optional(
    lookUp,
    'The VPC of the link. Names of subnets and security groups are looked up in it. It must be the VPC of the subnets.',
    { examples: ['vpc-0a1b2c3d', { name: 'edge' }], absent: 'the VPC of the subnets' },
  ),
  subnets: optional(
    z.array(lookUp).min(1).max(100),
    "Subnets (vSwitches) of the link's network interfaces. They cannot be changed: other subnets need a new link. `subnets`, `loadBalancer` or `id` is required.",
    {
      examples: [
        ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
        [{ name: 'private-a' }, { name: 'private-b' }],
        ['vsw-bp1a2b3c'],
      ],
      absent: '`id` adopts a link',
    },
  ),
  securityGroups: optional(
    z.array(lookUp).max(100),
    "Security groups of the link's network interfaces. They cannot be changed: other groups need a new link. A new instance needs one, or one for each vSwitch.",
    { examples: [['sg-0a1b2c3d'], [{ name: 'edge' }]], absent: 'none but the group of `allowlist`' },
  ),
  allowlist: optional(
    z.array(allowed).max(10_000),
    'What the link may reach. A block without ports allows the ports of the targets (AWS) or all ports (Alibaba Cloud). Of an `apig-gateway`: security groups of backends that admit it (`group`). The list is exact: entries of this project that it lacks are removed.',
    {
      examples: [['10.20.0.0/20', '10.30.0.0/16'], [{ group: 'sg-bp1a2b3c', ports: [8080] }]],
      absent: 'the allowlist is not managed',
    },
  ),
  owner: optional(external, 'The link is read and used. It is never created, changed or deleted.', {
    examples: ['external'],
    absent: 'the link is managed by this spec',
  }),
  protect: optional(
    z.boolean(),
    'The link is never deleted: a plan that needs its deletion is refused with `PROTECTED`.',
    { examples: [true], absent: '`false`' },
  ),
  timeouts: optional(timeouts, 'How long to wait for the cloud.', {
    examples: [{ create: '15m' }],
    absent: '`defaults.timeouts`',
  }),
  tags: optional(tags, 'Tags of the link. They are added to `defaults.tags`.', {
    examples: [{ team: 'payments' }],
    absent: '`defaults.tags`',
  }),
};

const PROVIDER = 'The cloud of the link.';
const ACCOUNT_ID =
  'The account ID, in quotes. Nothing is read or changed where the credentials are of another account.';

/** What only links of one cloud are declared with. */
const loadBalancerField = {
  loadBalancer: optional(id, 'The name or ID of the load balancer that the link leads to.', {
    absent: 'the link is created from `subnets`',
  }),
} as const;

const awsFields = {
  kind: optional(
    z.enum(kindsOn('aws'), {
      error: say('unknown kind of link', `Write ${kindsOn('aws').join(' or ')}.`),
    }),
    'What kind of link it is. `loadBalancer` declares a `vpc-link-v1` without it.',
    { examples: kindsOn('aws').slice(1), absent: '`vpc-link-v2`', cloud: 'aws' },
  ),
  loadBalancer: optional(
    id,
    'The name or ARN of the Network Load Balancer that a VPC link V1 leads to. It cannot be changed: another one needs a new link.',
    { examples: ['orders-nlb'], absent: 'a VPC link V2 is created from `subnets`', cloud: 'aws' },
  ),
} as const;

const alibabaFields = {
  kind: optional(
    z.enum(kindsOn('alibaba'), {
      error: say('unknown kind of link', `Write ${kindsOn('alibaba').join(' or ')}.`),
    }),
    'What kind of link it is: an instance of API Gateway (Traditional), or a gateway of Cloud-native API Gateway.',
    { examples: kindsOn('alibaba').slice(1), absent: '`integration-instance`', cloud: 'alibaba' },
  ),
} as const;

/** The kinds of link that are created on a cloud. */
function kindsOn(cloud: CloudName): [LinkKind, ...LinkKind[]] {
  return BUILT_IN.linkKindsOf(cloud) as [LinkKind, ...LinkKind[]];
}

/** What only some kinds of link are created from. */
const settings = {
  instanceCidr: optional(
    cidrBlock,
    "The block of the instance's own side: 192.168.0.0/16 or 172.16.0.0/12. It cannot be changed.",
    {
      examples: ['172.16.0.0/12'],
      absent: 'the one of the two that overlaps no vSwitch of the instance',
      cloud: 'alibaba',
    },
  ),
  spec: optional(cloudName, 'The type of the instance, or of the gateway, to buy.', {
    examples: ['api.s1.medium', 'apigw.small.x2'],
    absent: '`api.s1.small`, `apigw.small.x1` of an `apig-gateway`',
    cloud: 'alibaba',
  }),
  access: optional(
    z.enum(GATEWAY_ACCESS, {
      error: say('not from where callers reach a gateway', 'Write internet, intranet or both.'),
    }),
    'From where callers reach an `apig-gateway`. Postern does not change it. The console can widen it to `both`.',
    { examples: ['intranet'], absent: '`internet`', cloud: 'alibaba' },
  ),
} as const satisfies Readonly<Record<NativeKey, unknown>>;

/** A link on a cloud. */
function linkOn<Name extends CloudName, More extends object>(
  provider: Name,
  { account: { form, example, fault, remedy } }: CloudTraits,
  more: More,
) {
  return strict({
    provider: required(z.literal(provider), PROVIDER, { examples: [provider] }),
    account: optional(z.string().regex(form, { error: say(fault, remedy) }), ACCOUNT_ID, {
      examples: [example],
      absent: 'the account is not checked',
    }),
    ...linkFields,
    ...more,
  });
}

/** A link of a cloud that the types below do not have: in a set, clouds of others stand beside them. */
const otherLink = (cloud: Cloud) => {
  const [first, ...more] = Object.keys(cloud.links).filter((kind) => cloud.links[kind]?.createdOn === cloud.name);
  const kind = first === undefined ? {} : { kind: optional(z.enum([first, ...more]), 'What kind of link it is.') };
  return linkOn(cloud.name as CloudName, cloud.network, { ...kind, ...loadBalancerField, ...settings });
};

const awsLink = ({ network }: Cloud) => linkOn('aws', network, awsFields);
const alibabaLink = ({ network }: Cloud) => linkOn('alibaba', network, { ...alibabaFields, ...settings });

/** A link as it is written, on one of the clouds of a set. */
export const linkOf = (set: Clouds) => {
  const known = set.all.map(({ name }) => `provider: ${name}`);
  const links = set.all.map((cloud) =>
    cloud.name === 'aws' ? awsLink(cloud) : cloud.name === 'alibaba' ? alibabaLink(cloud) : otherLink(cloud),
  );
  return called(
    'link',
    z.discriminatedUnion('provider', links as never as [ReturnType<typeof awsLink>, ReturnType<typeof alibabaLink>], {
      error: ({ input }) => {
        const given =
          typeof input === 'object' && input !== null ? (input as Record<string, unknown>)['provider'] : undefined;
        const message = given === undefined ? '`provider` is required' : `unknown provider ${JSON.stringify(given)}`;
        const others = given === undefined ? '' : ' For another cloud, give the program that brings it: --cloud FILE.';
        return say(message, `Write ${known.join(' or ')}.${others}`);
      },
    }),
  );
};

export type CheckedAllow = z.output<typeof allowed>;
export type CheckedLink = z.output<ReturnType<typeof linkOf>>;
