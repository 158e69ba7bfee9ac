import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { EMPTY, id, planText, shop, type Resource } from '../../../aws/test/plans/shop-plan.js';
import type { Scenario } from './data-path.js';
import type * as overlay from './plans-of-aws.js';
import { mistakesIn } from '../mistakes-in.js';

/** `@postern/core/overlay` and the types of AWS, of the source or with a mistake planted in it. */
export type Overlay = typeof overlay;

const file = (name: string): string => `core/src/overlay/${name}`;

const SECRET = 'sg-5ec7e7000000000000';
const ADMITS = 'aws_vpc_security_group_ingress_rule.balancer';

/** A rule of the load balancer that admits a group. */
const admits = (references: readonly string[], more: Partial<Resource> = {}): Resource => ({
  address: ADMITS,
  after: { ip_protocol: 'tcp', from_port: 80, to_port: 80 },
  refs: { security_group_id: id('aws_security_group.balancer'), referenced_security_group_id: references },
  ...more,
});

/** The load balancer with other groups. */
function balancer({ after, refs, sensitive }: Omit<Resource, 'address'>): Resource {
  const known = shop().find(({ address }) => address === 'aws_lb.shop');
  const { security_groups: _groups, ...own } = known?.refs ?? {};
  return {
    address: 'aws_lb.shop',
    after: { ...known?.after, ...after },
    refs: { ...own, ...refs },
    ...(sensitive === undefined ? {} : { sensitive }),
  };
}

const other: Resource = {
  address: 'aws_security_group.other',
  after: { name: 'other' },
  refs: { vpc_id: id('aws_vpc.shop') },
};

/** Two groups of one resource, and rules that name the one with their own key. */
const keyed: readonly Resource[] = ['a.1', 'b.2'].flatMap((key): readonly Resource[] => [
  { ...other, address: `aws_security_group.many["${key}"]`, after: { name: `many-${key}` } },
  {
    ...admits(['each.key', 'aws_security_group.many']),
    address: `aws_vpc_security_group_ingress_rule.many["${key}"]`,
  },
]);
const linkOf = (group: readonly string[]): Resource => {
  const link = shop().find(({ address }) => address === 'aws_apigatewayv2_vpc_link.shop');
  if (link === undefined) throw new Error('no link');
  return { ...link, refs: { ...link.refs, security_group_ids: group } };
};
const KEY = ['aws_security_group.many["a.1"].id', 'aws_security_group.many["a.1"]', 'aws_security_group.many'];

interface Recorded {
  readonly snapshot: Snapshot;
  readonly configuration: object;
  readonly unchanged: readonly { readonly address: string }[];
  readonly plans: Readonly<Record<string, { readonly changes: readonly Change[] } | undefined>>;
}
interface Change {
  readonly address: string;
  readonly change: object;
}

const recorded = new URL('../../../cli/test/plans/recorded/plans.json', import.meta.url);

/** A recorded plan that removes the rule of the load balancer, with other actions in place of the deletion. */
function removing(actions: readonly string[]): { readonly text: string; readonly base: Snapshot } {
  const { groups } = JSON.parse(readFileSync(recorded, 'utf8')) as { readonly groups: readonly Recorded[] };
  const [group] = groups;
  const changes = group?.plans['balancer-rule-removed']?.changes ?? [];
  if (group === undefined || changes.length === 0) throw new Error('no recorded plan');
  const changed = new Set(changes.map(({ address }) => address));
  const plan = {
    format_version: '1.2',
    resource_changes: [
      ...group.unchanged.filter(({ address }) => !changed.has(address)),
      ...changes.map((one) => ({ ...one, change: { ...one.change, actions } })),
    ],
    configuration: { root_module: group.configuration },
  };
  return { text: JSON.stringify(plan), base: group.snapshot };
}

/** What the scenarios of a plan come to: verdicts, whether a reason is given, and whether the secret is shown. */
export const TERRAFORM: Scenario<Overlay> = {
  title: 'plans of Terraform',
  run: ({ plans, judgeTerraform, readTerraform }) => {
    const judged = (resources: readonly Resource[], more: object = {}, base: Snapshot = EMPTY) =>
      judgeTerraform(readTerraform(planText(resources, {}, more)), base, { plans: [plans], region: 'eu-west-1' });
    const verdict = (resources: readonly Resource[], more: object = {}): string =>
      judged(resources, more)
        .integrations.map(({ after }) => after)
        .join();
    const working = judged(shop()).integrations;
    const secret = JSON.stringify(
      judged(shop(balancer({ after: { security_groups: [SECRET] }, sensitive: ['security_groups'] }))),
    );
    const after = (actions: readonly string[]): unknown => {
      const { text, base } = removing(actions);
      return judgeTerraform(readTerraform(text), base, { plans: [plans], region: 'eu-west-1' }).integrations.map(
        (one) => one.after,
      );
    };
    return Promise.resolve({
      works: working.map(({ after }) => after),
      // One of two groups: it works with the first.
      twoGroups: verdict(shop(other, admits([...id('aws_security_group.link'), ...id('aws_security_group.other')]))),
      byKey: verdict(
        shop({ address: ADMITS, actions: ['none'] }, linkOf(KEY), ...keyed, {
          address: 'aws_vpc_security_group_egress_rule.link',
          after: { ip_protocol: 'tcp', from_port: 80, to_port: 80, cidr_ipv4: '10.0.0.0/16' },
          refs: { security_group_id: KEY },
        }),
      ),
      local: verdict(shop(balancer({ refs: { security_groups: ['local.groups'] } }))),
      read: verdict(
        shop(
          balancer({ refs: { security_groups: ['data.aws_security_groups.all.ids', 'data.aws_security_groups.all'] } }),
        ),
      ),
      partial: verdict(shop(), { errored: true }),
      unlaid: verdict(shop({ address: 'aws_vpc_security_group_rules_exclusive.a', after: {} })),
      secretIsShown: secret.includes(SECRET),
      forgotten: after(['forget']),
      deleted: after(['delete']),
      body: verdict([
        {
          address: 'aws_apigatewayv2_api.shop',
          after: { name: 'shop', protocol_type: 'HTTP' },
          refs: { body: id('aws_apigatewayv2_vpc_link.shop') },
        },
      ]),
    });
  },
  wanted: {
    works: ['pass'],
    twoGroups: 'unknown',
    byKey: 'pass',
    local: 'unknown',
    read: 'unknown',
    partial: 'unknown',
    unlaid: 'unknown',
    secretIsShown: false,
    forgotten: ['pass'],
    deleted: ['fail'],
    body: 'unknown',
  },
  mistakes: [
    ...mistakesIn(file('draft/instance-attributes.ts'), [
      [
        'plans: the first of several candidates is taken',
        'if (alternatives.length === 1) return alternatives[0] ?? [];',
        'return alternatives[0] ?? [];',
      ],
    ]),
    ...mistakesIn(file('lay/changes.ts'), [
      ['plans: what is forgotten counts as deleted', "change !== 'forget' &&", ''],
    ]),
    {
      what: 'plans: a sensitive value is used, and so it is shown',
      file: file('declared/values.ts'),
      from: 'if (marks === true) return null;',
      to: 'if (marks === true) return value;',
      also: {
        file: 'core/src/overlay/draft/instance-attributes.ts',
        from: 'return isMarked(marksAt(this.instance.unknown, path)) || isMarked(marksAt(this.instance.sensitive, path));',
        to: 'return isMarked(marksAt(this.instance.unknown, path));',
      },
    },
    ...mistakesIn(file('draft/view.ts'), [
      [
        'plans: a list of which nothing is known counts as empty',
        'if (found.reasons.length > 0 || others.length === 0) throw this.unknown(name, found.reasons);',
        'if (others.length === 0) return known;',
      ],
    ]),
    ...mistakesIn(file('terraform/references/naming.ts'), [
      [
        'plans: an instance with a key names all instances of a resource',
        '[named, key].find(has)',
        '[named].find(has)',
      ],
    ]),
    ...mistakesIn(file('judge/compare.ts'), [
      [
        'plans: one that ended with an error proves what it has',
        'const isPart = plan.partial.length > 0;',
        'const isPart = false;',
      ],
    ]),
    ...mistakesIn(file('lay/placed.ts'), [
      ['plans: a type without a row changes no path', 'if (list === undefined) continue;', 'continue;'],
    ]),
    ...mistakesIn('aws/src/plans/rows/apis/body.ts', [
      [
        'plans: an API whose document is not known has no routes',
        'draft.routes.loseAll(gatewayId, what);',
        'note(what);',
      ],
    ]),
  ],
};
