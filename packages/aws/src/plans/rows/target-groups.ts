import { defined } from '@postern/core/internal/adapter';
import type { DraftRegion, Row, Rows, View } from '@postern/core/internal/overlay';
import type { GroupTarget, TargetGroup } from '@postern/core/internal/snapshot';
import { arn, nameIn, secondsOf, AWS } from './id-forms.js';

/** Of listeners and groups. */
export const PROTOCOLS: ReadonlySet<string> = new Set([
  'HTTP',
  'HTTPS',
  'TCP',
  'TLS',
  'UDP',
  'TCP_UDP',
  'QUIC',
  'TCP_QUIC',
  'GENEVE',
]);

const GROUP_KINDS: ReadonlyMap<string, TargetGroup['kind']> = new Map([
  ['instance', 'instance'],
  ['ip', 'address'],
  ['alb', 'load-balancer'],
  ['lambda', 'lambda'],
]);

const group: Row = {
  list: 'targetGroups',
  ids: { id: groupArn, arn: groupArn },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const known = draft.get('targetGroups', id);
    const kind = view.listed('target_type', GROUP_KINDS, 'instance');
    const protocol = view.word('protocol', PROTOCOLS);
    const isHttp = protocol === 'HTTP' || protocol === 'HTTPS';
    const [check] = view.blocks('health_check');
    const port = check?.text('port') ?? '';
    draft.put('targetGroups', {
      targets: [],
      minimumHealthy: { count: 1 },
      minimumHealthyInDns: { count: 1 },
      loadBalancerIds: [],
      healthCheck: { enabled: true, protocol: isHttp ? 'HTTP' : 'TCP' },
      ...(isHttp
        ? { protocolVersion: view.ifKnown(() => view.text('protocol_version') ?? 'HTTP1'), closesAfterDelay: true }
        : {}),
      ...known,
      id,
      name: view.ifKnown(() => view.text('name')) ?? known?.name,
      kind,
      protocol,
      port: view.number('port'),
      networkId: kind === 'lambda' ? undefined : view.ref('vpc_id', AWS.network),
      // Targets of a network load balancer see clients by default where they are instances, or called without TLS over UDP.
      preservesClientAddress:
        (isHttp ? undefined : view.flag('preserve_client_ip')) ??
        known?.preservesClientAddress ??
        (!isHttp && kind === 'instance'),
      deregistrationDelayMs: secondsOf(view, 'deregistration_delay', 300),
      ...(check === undefined
        ? {}
        : {
            healthCheck: {
              enabled: check.flag('enabled') ?? true,
              protocol: check.text('protocol') ?? (isHttp ? 'HTTP' : 'TCP'),
              port: /^\d{1,5}$/.test(port) ? Number(port) : undefined,
            },
          }),
    } as TargetGroup);
  },
};

const attachment: Row = {
  list: 'targetGroups',
  isPart: true,
  owner: (view) => view.ref('target_group_arn', AWS.targetGroup),
  add: (view, { draft }) => {
    const target = targetOf(view, draft);
    draft.patch('targetGroups', view.neededRef('target_group_arn', AWS.targetGroup), ({ targets = [] }) => ({
      targets: [...targets.filter((one) => !isSame(one, target)), target],
    }));
  },
  remove: (view, { draft }) => {
    const gone = { id: view.needed('target_id'), port: view.number('port') };
    draft.patch('targetGroups', view.needed('target_group_arn'), ({ targets = [] }) => ({
      targets: targets.filter((one) => !isSame(one, gone)),
    }));
  },
};

export const targetGroupRows: Rows = { aws_lb_target_group: group, aws_alb_target_group: group };

/** What is registered in them. */
export const attachmentRows: Rows = {
  aws_lb_target_group_attachment: attachment,
  aws_alb_target_group_attachment: attachment,
};

function isSame(one: Pick<GroupTarget, 'id' | 'port'>, other: Pick<GroupTarget, 'id' | 'port'>): boolean {
  return one.id === other.id && (other.port === undefined || one.port === other.port);
}

/** By the kind of a group: where a machine is named alone, its ID or its address. */
const REGISTERED = {
  instance: { ...AWS.registered, form: AWS.instance.form },
  address: { ...AWS.registered, attribute: 'private_ip' },
  'load-balancer': AWS.registered,
  lambda: AWS.registered,
} as const;

/**
 * What is registered. Of `aws_instance.a[*].private_ip` a plan has the instance alone: a group of addresses gets the one that the
 * instance has, or will have where it does not matter which.
 * @throws {UnknownAttribute}
 */
function registeredIn(view: View, draft: DraftRegion, groupId: string): string {
  const kind = draft.get('targetGroups', groupId)?.kind;
  const id = view.neededRef('target_id', kind === undefined ? AWS.registered : REGISTERED[kind]);
  if (kind !== 'address' || !id.startsWith('i-')) return id;

  const own = draft.all('interfaces').find(({ attachedTo, primary }) => attachedTo === id && primary === true);
  const [address] = own?.addresses ?? [];
  if (address === undefined) throw view.unknown('target_id', ['it is the address of an instance, chosen by the cloud']);

  return address;
}

/**
 * A target that the plan registers. No plan says whether a program answers, so it counts as healthy: what is judged is
 * whether calls and health checks reach it.
 */
function targetOf(view: View, draft: DraftRegion): GroupTarget {
  const groupId = view.neededRef('target_group_arn', AWS.targetGroup);
  const id = registeredIn(view, draft, groupId);
  const owner = draft
    .all('interfaces')
    .find(({ addresses, attachedTo }) => addresses.includes(id) || attachedTo === id);
  const known = draft.get('targetGroups', groupId);
  const name = view.text('availability_zone');
  const isZone = name === 'all' || /^[a-z]{2}-[a-z-]+-\d[\da-z-]*[a-z]$/.test(name ?? '');
  const written = draft.all('zones').find((one) => one.name === name)?.id ?? (isZone ? name : undefined);
  const zone = written ?? (owner && draft.get('subnets', owner.subnetId)?.zone);
  return { id, port: view.number('port') ?? known?.port, ...defined({ zone }), health: 'healthy' };
}

function groupArn(view: View, hash: string): string {
  return arn(view, `targetgroup/${nameIn(view, hash)}/${hash.slice(0, 16)}`);
}
