import { kindCreatedFrom, linkKindsOn } from '../../do/kinds/cloud/link-kinds.js';
import * as z from 'zod';
import { cloudName, duration, id, lookUp, region, say, strict, tagsOf, called, optional, required } from './fields.js';
import type { Cloud } from '../../do/kinds/cloud/cloud.js';
import type { CloudTypes, Written } from '../../do/kinds/cloud/cloud-types.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { LinkKind } from '../../do/model/link.js';
import { allowedOf } from './allow-schema.js';
import { fieldsOf } from './key-forms.js';
import { eachSays, listed, onlyOf, quoted, textOf } from './target-schema.js';

export const timeoutsOf = (set: Clouds) => {
  const absent = eachSays(set, 'timeouts').join(', ') || 'the default of the cloud';
  return strict({
    create: optional(duration, 'How long to wait until a new link can carry calls.', { examples: ['15m'], absent }),
    delete: optional(duration, 'How long to wait until a deleted link no longer exists.', {
      examples: ['20m'],
      absent,
    }),
  });
};

export const external = z.literal('external', {
  error: say('the only valid owner is external', 'Write external, or remove the key.'),
});

/** What links of a set are created from. */
const partsOf = (set: Clouds): readonly string[] =>
  (['subnets', 'loadBalancer'] as const).filter((part) =>
    set.linkKinds.some((kind) => set.link(kind).createdOn !== undefined && set.link(kind).createdFrom === part),
  );

/** `, such as` and the variable of the first cloud that has one. */
export const variableOf = (set: Clouds): string => {
  const [first] = set.all.flatMap(({ keys }) => keys?.shared?.['link.region']?.part ?? []);
  return `then the variable of the cloud${first === undefined ? '' : `, such as \`${first}\``}`;
};

/** The keys that links of all clouds have. */
const sharedFields = (set: Clouds) => ({
  region: optional(
    region,
    ...textOf(set, 'link.region', {
      about: () => 'The region of the link.',
      absent: `\`defaults.region\`, then \`--region\`, ${variableOf(set)}`,
    }),
  ),
  profile: optional(
    cloudName,
    ...textOf(set, 'link.profile', {
      about: 'A profile of the configuration files of the cloud.',
      absent: 'the default credentials',
      isOfSome: true,
    }),
  ),
  assumeRole: optional(
    id,
    ...textOf(set, 'link.assumeRole', {
      about: (roles) =>
        `${roles.length === 0 ? 'A role' : `The ARN of ${/^[AEIO]/.test(roles[0] ?? '') ? 'an' : 'a'} ${listed(roles, 'or')} role`}. Every call for this link is made with that role.`,
      absent: 'no role is assumed',
    }),
  ),
  id: optional(
    lookUp,
    ...textOf(set, 'link.id', {
      about:
        'Adopts this link in place of creating one. An adopted link is never deleted: `destroy` removes its marks only.',
      absent: `a link is created from ${partsOf(set)
        .map((part) => `\`${part}\``)
        .join(', or ')}`,
    }),
  ),
  name: optional(cloudName, "The link's name in the cloud.", {
    examples: ['orders-prod'],
    absent: "the link's key in the spec",
  }),
  network: optional(
    lookUp,
    ...textOf(set, 'link.network', {
      about:
        'The VPC of the link. Names of subnets and security groups are looked up in it. It must be the VPC of the subnets.',
      absent: 'the VPC of the subnets',
    }),
  ),
  subnets: optional(
    z.array(lookUp).min(1).max(100),
    ...textOf(set, 'link.subnets', {
      about: (names) =>
        `Subnets${names.length === 0 ? '' : ` (${names.join(', ')})`} of the link's network interfaces. They cannot be changed: other subnets need a new link. ${quoted([...partsOf(set), 'id'], 'or')} is required.`,
      absent: '`id` adopts a link',
    }),
  ),
  securityGroups: optional(
    z.array(lookUp).max(100),
    ...textOf(set, 'link.securityGroups', {
      about: "Security groups of the link's network interfaces. They cannot be changed: other groups need a new link.",
      absent: 'none but the group of `allowlist`',
    }),
  ),
  allowlist: optional(
    z.array(allowedOf(set)).max(10_000),
    ...textOf(set, 'link.allowlist', {
      about: (_, more) => {
        const each = eachSays(set, 'link.allowlist');
        return [
          'What the link may reach.',
          ...(each.length === 0 ? [] : [`A block without ports allows ${listed(each, 'or')}.`]),
          ...more,
          'The list is exact: entries of this project that it lacks are removed.',
        ].join(' ');
      },
      absent: 'the allowlist is not managed',
    }),
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
  timeouts: optional(timeoutsOf(set), 'How long to wait for the cloud.', {
    examples: [{ create: '15m' }],
    absent: '`defaults.timeouts`',
  }),
  tags: optional(tagsOf(set), 'Tags of the link. They are added to `defaults.tags`.', {
    examples: [{ team: 'payments' }],
    absent: '`defaults.tags`',
  }),
});

type SharedLink = z.ZodObject<ReturnType<typeof sharedFields>, z.core.$strict>;

/** A link as a program writes it, on one of some clouds. */
export type LinkInput<T extends CloudTypes = CloudTypes> = T extends unknown
  ? Written<z.input<SharedLink>, never> & {
      provider: T['name'];
      account?: string | undefined;
      kind?: T['linkKind'] | undefined;
    } & Written<T['link']>
  : never;

/** A link that fits the schema. */
export type CheckedLink = z.output<SharedLink> & {
  readonly provider: string;
  readonly account?: string | undefined;
  readonly kind?: LinkKind | undefined;
  readonly loadBalancer?: string | undefined;
};

/** The kind of link, where a spec can name one of several, and the load balancer that a link is created from. */
function kindFields(set: Clouds, cloud: Cloud): Record<string, z.ZodType> {
  const kinds = linkKindsOn(set, cloud.name);
  const [first, ...others] = kinds;
  const mark = onlyOf(set, [cloud]);
  const { about = 'What kind of link it is.', more } = cloud.keys?.shared?.['link.kind'] ?? {};
  const kind =
    first === undefined
      ? {}
      : {
          kind: optional(
            z.enum([first, ...others], { error: say('unknown kind of link', `Write ${kinds.join(' or ')}.`) }),
            more === undefined ? about : `${about} ${more}`,
            { examples: others, absent: `\`${first}\``, cloud: mark },
          ),
        };
  if (
    cloud.keys?.link?.['loadBalancer'] !== undefined ||
    kindCreatedFrom(set, cloud.name, 'loadBalancer') === undefined
  )
    return kind;

  const loadBalancer = optional(id, 'The name or ID of the load balancer that the link leads to.', {
    absent: 'the link is created from `subnets`',
    cloud: mark,
  });
  return { ...kind, loadBalancer };
}

function linkOn(set: Clouds, cloud: Cloud, shared: ReturnType<typeof sharedFields>) {
  const { form, example, fault, remedy } = cloud.network.account;
  return strict({
    provider: required(z.literal(cloud.name), 'The cloud of the link.', { examples: [cloud.name] }),
    account: optional(
      z.string().regex(form, { error: say(fault, remedy) }),
      'The account ID, in quotes. Nothing is read or changed where the credentials are of another account.',
      { examples: [example], absent: 'the account is not checked' },
    ),
    ...shared,
    ...kindFields(set, cloud),
    ...fieldsOf(cloud.keys?.link ?? {}, onlyOf(set, [cloud])),
  });
}

/** A link as it is written, on one of the clouds of a set. */
export const linkOf = (set: Clouds): z.ZodType<CheckedLink, LinkInput> => {
  const names = set.all.map(({ name }) => `provider: ${name}`);
  const shared = sharedFields(set);
  const links = set.all.map((cloud) => linkOn(set, cloud, shared));
  const onOne = z.discriminatedUnion('provider', links as unknown as [ReturnType<typeof linkOn>], {
    error: ({ input }) => {
      const given =
        typeof input === 'object' && input !== null ? (input as Record<string, unknown>)['provider'] : undefined;
      const message = given === undefined ? '`provider` is required' : `unknown provider ${JSON.stringify(given)}`;
      const others = given === undefined ? '' : ` ${set.howToAdd(given)}`;
      return say(message, `Write ${names.join(' or ')}.${others}`);
    },
  });
  return called('link', onOne) as unknown as z.ZodType<CheckedLink, LinkInput>;
};
