import {
  type DraftRegion,
  type Placement,
  type Row,
  type Rows,
  type View,
  type MemberList,
  type PlaceMembers,
  type Registration,
  UnknownAttribute,
  type AttributeUse,
} from '@postern/core/internal/overlay';
import { AWS } from '../id-forms.js';
import { defaultGroups } from '../network.js';
import { defined } from '@postern/core/internal/adapter';
import type { Registrar } from '@postern/core/internal/snapshot';

/** A group of EC2 Auto Scaling. */
const scalingGroup: Row = {
  list: 'registrars',
  sets: { traffic_source: ['identifier'] },
  ids: {
    id: (_, hash) => `tf-asg-${hash.slice(0, 12)}`,
    name: (_, hash) => `tf-asg-${hash.slice(0, 12)}`,
    arn: (view, hash) => {
      const { region, account } = view.lookup.place;
      return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${hash.slice(0, 16)}`;
    },
  },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const subnets = tried(() => view.refs('vpc_zone_identifier', AWS.subnet));
    const blueprint = launchOf(view);
    const sources = view
      .blocks('traffic_source')
      .flatMap((one) => named(one, 'identifier', AWS.targetGroup, 'targetGroups', draft));
    const given = [...named(view, 'target_group_arns', AWS.targetGroup, 'targetGroups', draft), ...sources];
    const place = (now: DraftRegion): Placement => {
      const found = now.registrations.blueprint(blueprint);
      const [first] = subnets.value ?? [];
      const groups = found?.securityGroupIds ?? [];
      return {
        byAddress: false,
        securityGroupIds:
          groups.length > 0
            ? groups
            : first === undefined
              ? []
              : defaultGroups(now, now.get('subnets', first)?.networkId),
        uses: found === undefined ? [] : [found.id],
        clusters: found?.clusters,
        doubt:
          subnets.error?.said(view.lookup.words.later) ??
          (found === undefined ? 'the plan does not have its launch template' : found.doubt),
      };
    };
    register(view, draft, view.needed('arn'), {
      names: [view.text('id') ?? '', view.text('name') ?? ''],
      place,
      registrar: {
        kind: 'scaling-group',
        targetGroups: [...new Set(given)].map((targetGroupId) => ({ targetGroupId })),
        registries: [],
        subnetIds: subnets.value,
        securityGroupIds: undefined,
        desired: tried(() => view.number('desired_capacity') ?? view.number('min_size')).value,
      },
    });
  },
  owners: (view) => view.texts('target_group_arns'),
  remove: (view, { draft }) => {
    leave(draft, 'targetGroups', view.texts('target_group_arns'));
    draft.remove('registrars', view.needed('arn'));
  },
};

/** A target group that is attached to a scaling group, beside those that the group names. */
function attachment(groupsOf: (view: View, draft: DraftRegion) => readonly string[]): Row {
  return {
    list: 'registrars',
    isPart: true,
    owner: (view, draft) => scalingGroupOf(view, draft)[0],
    add: (view, { draft }) => {
      const given = groupsOf(view, draft);
      const [id, ...others] = scalingGroupOf(view, draft);
      const { reasons } = view.named('autoscaling_group_name', AWS.launched);
      const registrar = id === undefined || others.length > 0 ? undefined : draft.get('registrars', id);
      if (registrar === undefined)
        for (const one of given)
          draft.registrations.possible.push({
            list: 'targetGroups',
            id: one,
            why: `${view.instance.address} attaches a scaling group, which the plan does not have${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`,
          });
      else
        draft.patch('registrars', registrar.id, ({ targetGroups }) => ({
          targetGroups: [
            ...targetGroups.filter(({ targetGroupId }) => !given.includes(targetGroupId)),
            ...given.map((targetGroupId) => ({ targetGroupId })),
          ],
        }));
    },
    remove: (view, { draft }) => {
      const gone = [view, ...view.blocks('traffic_source')].flatMap(
        (one) => one.text('lb_target_group_arn') ?? one.text('identifier') ?? [],
      );
      leave(draft, 'targetGroups', gone);
      for (const id of scalingGroupOf(view, draft))
        draft.patch('registrars', id, ({ targetGroups }) => ({
          targetGroups: targetGroups.filter(({ targetGroupId }) => !gone.includes(targetGroupId)),
        }));
    },
  };
}

/** Groups of EC2 Auto Scaling, which register instances. */
export const scalingRows: Rows = {
  aws_autoscaling_group: scalingGroup,
  aws_autoscaling_attachment: attachment((view, draft) =>
    named(view, 'lb_target_group_arn', AWS.targetGroup, 'targetGroups', draft),
  ),
  aws_autoscaling_traffic_source_attachment: attachment((view, draft) =>
    view.blocks('traffic_source').flatMap((one) => named(one, 'identifier', AWS.targetGroup, 'targetGroups', draft)),
  ),
};

function launchOf(view: View): readonly string[] {
  const policy = tried(() =>
    view
      .blocks('mixed_instances_policy')
      .flatMap((one) => one.blocks('launch_template'))
      .flatMap((one) => one.blocks('launch_template_specification')),
  );
  const templates = [...view.blocks('launch_template'), ...(policy.value ?? [])];
  const ids = templates.flatMap((one) =>
    ['id', 'launch_template_id', 'name', 'launch_template_name'].flatMap(
      (attribute) => one.named(attribute, AWS.launched).values,
    ),
  );
  return [...new Set([...ids, ...view.named('launch_configuration', AWS.launched).values])];
}

function scalingGroupOf(view: View, draft: DraftRegion): readonly string[] {
  const live = draft.all('registrars').filter(({ kind }) => kind === 'scaling-group');
  return view
    .named('autoscaling_group_name', AWS.launched)
    .values.flatMap((name) => draft.registrations.idOf(name) ?? live.find((one) => one.name === name)?.id ?? []);
}

interface Tried<T> {
  readonly value: T | undefined;
  readonly error?: UnknownAttribute;
}

/** A value, or why it is not known: a registrar whose subnets are not known is still one. */
export function tried<T>(find: () => T): Tried<T> {
  try {
    return { value: find() };
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;

    return { value: undefined, error };
  }
}

/** The IDs that an attribute names for certain. What it may name besides is kept as possible. */
export function named(
  view: View,
  attribute: string,
  wanted: AttributeUse,
  list: MemberList,
  { registrations }: DraftRegion,
): readonly string[] {
  const { values, others, reasons } = view.named(attribute, wanted);
  const { address } = view.instance;
  for (const id of others)
    registrations.possible.push({ list, id, why: `${address} registers targets in one of several groups` });
  if (reasons.length > 0)
    registrations.possible.push({
      list,
      id: undefined,
      why: `${address} registers ${list === 'services' ? 'instances' : 'targets'}, and ${view.unknown(attribute, reasons).said(view.lookup.words.later)}`,
    });
  return values;
}

interface Given extends Pick<Registration<PlaceMembers>, 'names' | 'place'> {
  readonly registrar: Omit<Registrar, 'id' | 'name' | 'raw'>;
}

/** Puts a registrar into the draft. */
export function register(view: View, draft: DraftRegion, id: string, { registrar, ...how }: Given): void {
  const before = draft.get('registrars', id);
  // What does not exist yet is named by its address, for which its ID stands.
  const name = before?.name ?? (view.instance.before === undefined ? undefined : view.text('name'));
  const { subnetIds = before?.subnetIds, securityGroupIds = before?.securityGroupIds, ...others } = registrar;
  draft.put('registrars', {
    ...before,
    ...others,
    // What runs now is not what runs after.
    ...(others.desired === 0 ? { running: undefined, pending: undefined, deploying: undefined } : {}),
    id,
    ...defined({ name }),
    subnetIds,
    securityGroupIds,
    account: draft.base.account,
  } as Registrar);
  draft.registrations.registrars.set(id, { address: view.instance.address, ...how, before });
}

/** Marks groups and services in which a registrar that goes has registered members. */
export function leave({ registrations }: DraftRegion, list: MemberList, ids: readonly string[]): void {
  for (const id of ids) registrations.left.push({ list, id });
}
