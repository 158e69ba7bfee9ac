import type { Snapshot } from '@postern/core';
import { judgeTerraform, readTerraform, type PlanJudgement, type PlansOfCloud } from '@postern/core/overlay';
import { planText, type Resource } from '../../../../aws/test/plans/shop-plan.js';
import type { Random } from '../../agreement/random.js';
import { Refused, withoutNull, type Apply, type Area, type Values } from './area.js';

/** A resource that a plan may replace, and what it was before, where that is not the same: in the plan, and in the call that made it. */
export interface Replaced {
  readonly address: string;
  readonly former?: Values;
  readonly input?: Values;
}

/** Literal configurations of one cloud: their values, their plans, and what the simulated cloud says of them. */
export interface Configuration {
  readonly valid: () => Values;
  /** A valid configuration with none to three values changed, or with a resource that the plan replaces. */
  readonly random: (random: Random) => Values;
  /** What a plan may replace. */
  readonly replaced: readonly Replaced[];
  /** What is there before a plan. */
  readonly base: Snapshot;
  readonly plans: PlansOfCloud;
  /** The plan of Terraform as JSON. */
  readonly plan: (values: Values) => string;
  readonly judged: (values: Values) => PlanJudgement;
  /** Why the simulated cloud refuses a configuration; undefined: it accepts all. */
  readonly refusal: (values: Values) => Promise<string | undefined>;
}

interface Given {
  readonly areas: readonly Area[];
  readonly plans: PlansOfCloud;
  readonly region: string;
  readonly base: Snapshot;
  /** A new account. */
  readonly open: () => Pick<Apply, 'call' | 'wait'>;
  readonly replaced: readonly Replaced[];
}

/** What a plan replaces: `isFirst`, the new one is created first; `isSame`, it has the values of the old one. */
interface Replacement {
  readonly address: string;
  readonly isFirst: boolean;
  readonly isSame: boolean;
}

export function configuration({ areas, plans, region, base, open, replaced }: Given): Configuration {
  const changes = areas.flatMap((one) => one.changes);
  const valid = (): Values => Object.assign({ replacement: null }, ...areas.map((one) => one.valid())) as Values;
  const formerOf = ({ address, isSame }: Replacement): Omit<Replaced, 'address'> =>
    isSame ? {} : (replaced.find((one) => one.address === address) ?? {});
  const plan = (values: Values): string => {
    const all = areas.flatMap((one) => one.resources(values));
    const { replacement } = values as { readonly replacement: Replacement | null };
    return planText(replacement === null ? all : withReplacement(all, replacement, formerOf(replacement).former));
  };
  return {
    valid,
    replaced,
    base,
    plans,
    plan,
    random: (random) => {
      const values = valid();
      if (random.chance(0.9)) {
        for (let count = random.below(4); count > 0; count -= 1) random.pick(changes)(values, random);
        return values;
      }
      // What a replacement refers to exists, so that the cloud has accepted its values.
      const { address, former } = random.pick(replaced);
      const isSame = former === undefined || random.chance(0.7);
      values['replacement'] = { address, isFirst: random.chance(0.7), isSame };
      return values;
    },
    judged: (values) => judgeTerraform(readTerraform(plan(values)), base, { plans: [plans], region }),
    refusal: async (values) => {
      const { call, wait } = open();
      const { replacement } = values as { readonly replacement: Replacement | null };
      const create: Apply['create'] = (address, service, operation, input) => {
        const given = withoutNull(input);
        if (replacement?.address !== address || !replacement.isFirst) return call(service, operation, given);
        const old = call(service, operation, { ...given, ...formerOf(replacement).input });
        const made = call(service, operation, given);
        // A call that returns the former resource creates nothing, and that one is deleted afterwards.
        if (isKept(old, made)) throw new Refused('Kept', `${address} is the one that it replaces, and is deleted`);
        return made;
      };
      const ids = {};
      try {
        for (const one of areas) await one.apply(values, { create, call, wait, ids });
        return undefined;
      } catch (error) {
        const { code, message } = error as { readonly code?: string; readonly message: string };
        if (code === undefined) throw error;
        return `${code}: ${message}`;
      }
    },
  };
}

/** Whether a call that creates answered twice with the same thing. */
function isKept(old: Values | undefined, made: Values | undefined): boolean {
  return CREATED.some((name) => {
    const [one, other] = [old, made].map((answer) => JSON.stringify(answer)?.match(new RegExp(`"${name}":"([^"]+)"`)));
    return one?.[1] !== undefined && one[1] === other?.[1];
  });
}

/** Members of answers that name what was created. */
const CREATED = ['AssociationId', 'ListenerArn'];

/** A plan that replaces a resource: what it refers to exists, so it is known. */
function withReplacement(
  all: readonly Resource[],
  { address, isFirst }: Replacement,
  former: Values = {},
): readonly Resource[] {
  const existing = new Set<string>();
  const visit = (one: string): void => {
    for (const reference of Object.values(all.find((each) => each.address === one)?.refs ?? {}).flat()) {
      const [type = '', name = ''] = reference.split('.');
      const found = `${type}.${name}`;
      if (existing.has(found) || found === one) continue;
      existing.add(found);
      visit(found);
    }
  };
  visit(address);
  return all.map((one) => {
    const known = one.address === address ? one : withKnown(one, existing);
    if (existing.has(one.address)) {
      const values = { ...withKnown(one, existing).after, ...identity(one.address) };
      return { ...one, actions: ['no-op'], before: values, after: values, refs: {} };
    }
    if (one.address !== address) return known;
    const after = withKnown(one, existing).after;
    return {
      ...withKnown(one, existing),
      actions: isFirst ? ['create', 'delete'] : ['delete', 'create'],
      before: { ...after, ...former, ...identity(`${address}_former`) },
      // `planText` takes the ID of what has a former one as known.
      unknown: { id: true, arn: true },
    };
  });
}

/** A resource with the values of what exists in place of references. */
function withKnown(one: Resource, existing: ReadonlySet<string>): Resource {
  const refs: Record<string, readonly string[]> = {};
  let after = { ...one.after };
  for (const [path, references] of Object.entries(one.refs ?? {})) {
    const isKnown = (reference: string): boolean => existing.has(reference.split('.').slice(0, 2).join('.'));
    const open = references.filter((reference) => !isKnown(reference));
    const values = references.filter(isKnown).flatMap((reference) => {
      const [type, name, attribute] = reference.split('.');
      return attribute === undefined ? [] : [identity(`${type}.${name}`)[attribute] ?? ''];
    });
    if (open.length > 0) refs[path] = open;
    if (values.length === 0) continue;
    const isList = Array.isArray(after[path]) || LISTS.has(path);
    // Of each that is open a plan has its place.
    const more = open.filter((_, at) => at % 2 === 0).map(() => null);
    after = set(after, path.split('.'), isList ? [...values, ...more] : values[0]);
  }
  return { ...one, after, refs };
}

const LISTS = new Set(['security_groups']);

/** A copy of an object with a value at a path: `action.0.target_group_arn`. */
function set(of: Values, [name = '', ...rest]: readonly string[], value: unknown): Values {
  if (rest.length === 0)
    return Array.isArray(of) ? of.map((one, at) => (String(at) === name ? value : one)) : { ...of, [name]: value };
  const inner = set((of[name] as Values | undefined) ?? {}, rest, value);
  return Array.isArray(of) ? of.map((one, at) => (String(at) === name ? inner : one)) : { ...of, [name]: inner };
}

/** What has an address has these IDs, by the forms of the cloud. */
function identity(address: string): Readonly<Record<string, string>> {
  const [type = '', name = ''] = address.split('.');
  const key = [...address].reduce((sum, one) => (Math.imul(sum, 31) + one.charCodeAt(0)) >>> 0, 7);
  const hash = key.toString(16).padStart(8, '0');
  const arn = (what: string): string => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:${what}/${hash}${hash}`;
  const kind = name.startsWith('nlb') ? 'net' : 'app';
  const ids: Readonly<Record<string, string>> = {
    alicloud_vswitch: `vsw-${hash}`,
    alicloud_security_group: `sg-${hash}`,
    alicloud_instance: `i-${hash}`,
    alicloud_slb_load_balancer: `lb-${hash}`,
    alicloud_route_table: `vtb-${hash}`,
    alicloud_api_gateway_group: hash.repeat(4),
    alicloud_api_gateway_api: `${hash.repeat(4)}:${hash.repeat(4)}`,
    aws_vpc: `vpc-${hash}`,
    aws_subnet: `subnet-${hash}`,
    aws_security_group: `sg-${hash}`,
    aws_internet_gateway: `igw-${hash}`,
    aws_route_table: `rtb-${hash}`,
    aws_network_acl: `acl-${hash}`,
    aws_lb: arn(`loadbalancer/${kind}/${name}`),
    aws_lb_target_group: arn(`targetgroup/${name}`),
    aws_lb_listener: arn(`listener/${kind}/${name}/${hash}${hash}`),
    aws_lb_listener_rule: arn(`listener-rule/${kind}/${name}/${hash}${hash}/${hash}${hash}`),
  };
  const id = ids[type] ?? `tf${hash}`;
  return { id, arn: id, root_resource_id: `rt${hash}` };
}
