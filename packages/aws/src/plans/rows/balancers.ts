import type { DraftRegion, Row, Rows, View } from '@postern/core/overlay';
import type {
  Certificate,
  GroupTarget,
  Listener,
  ListenerAction,
  LoadBalancer,
  RuleCondition,
  TargetGroup,
} from '@postern/core/snapshot';
import { AWS } from './wanted.js';
import { defaultGroups } from './network.js';

const KINDS: ReadonlyMap<string, LoadBalancer['kind']> = new Map([
  ['application', 'application'],
  ['network', 'network'],
  ['gateway', 'gateway'],
]);

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

/** How ARNs name the kinds. */
const IN_ARNS: ReadonlyMap<string, string> = new Map([
  ['application', 'app'],
  ['network', 'net'],
  ['gateway', 'gwy'],
]);

const GROUP_KINDS: ReadonlyMap<string, TargetGroup['kind']> = new Map([
  ['instance', 'instance'],
  ['ip', 'address'],
  ['alb', 'load-balancer'],
  ['lambda', 'lambda'],
]);

const CONDITIONS: readonly (readonly [block: string, kind: RuleCondition['kind'], stored: boolean])[] = [
  ['path_pattern', 'path', true],
  ['host_header', 'host', true],
  ['http_request_method', 'method', true],
  ['source_ip', 'source', true],
  ['http_header', 'header', false],
  ['query_string', 'query', false],
];

const MODES: ReadonlyMap<string, NonNullable<Listener['clientCertificates']>> = new Map([
  ['off', 'none'],
  ['passthrough', 'passed'],
  ['verify', 'required'],
]);

const ON: ReadonlyMap<string, boolean | undefined> = new Map([
  ['on', true],
  ['off', false],
]);

/** The answers to callers that have not logged in. */
const OF_LOGIN: ReadonlyMap<string, string> = new Map([
  ['authenticate', '302'],
  ['deny', '401'],
]);

const balancer: Row = {
  list: 'loadBalancers',
  isNamedOnce: true,
  sets: { subnet_mapping: ['subnet_id'] },
  ids: {
    id: (view, hash) => balancerArn(view, hash),
    arn: (view, hash) => balancerArn(view, hash),
    dns_name: (view, hash) =>
      `${view.ifKnown(() => view.text('name')) ?? 'internal'}-${hash.slice(0, 8)}.elb.amazonaws.com`,
  },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const known = draft.get('loadBalancers', id);
    const kind = view.listed('load_balancer_type', KINDS, 'application');
    const mapped = view.blocks('subnet_mapping');
    const listed = view.refs('subnets', AWS.subnet);
    const subnetIds = listed.length > 0 ? listed : mapped.map((one) => one.neededRef('subnet_id', AWS.subnet));
    const subnets = subnetIds.map((one) => draft.get('subnets', one));
    const networkId = subnets.find((one) => one !== undefined)?.networkId ?? view.text('vpc_id') ?? known?.networkId;
    const given = view.refs('security_groups', AWS.group);
    // A new application load balancer without groups gets the default group of its network.
    const byDefault = kind === 'application' && known === undefined ? defaultGroups(draft, networkId) : [];
    const securityGroupIds = given.length > 0 ? given : (known?.securityGroupIds ?? byDefault);
    const enforced = view.listed('enforce_security_group_inbound_rules_on_private_link_traffic', ON, undefined);
    const zones = subnets.flatMap((one) => one?.zone ?? []);
    draft.put('loadBalancers', {
      state: 'active',
      active: true,
      account: draft.base.account,
      ...known,
      id,
      name: view.ifKnown(() => view.text('name')) ?? known?.name ?? id,
      kind,
      networkId,
      scheme: view.flag('internal') === true ? 'internal' : 'internet-facing',
      subnetIds,
      securityGroupIds,
      zones: zones.length === subnetIds.length ? zones : known?.zones,
      dualStack: view.ifKnown(() => view.text('ip_address_type'))?.startsWith('dualstack') ?? known?.dualStack ?? false,
      crossZone: kind === 'application' ? true : (view.flag('enable_cross_zone_load_balancing') ?? false),
      ...(enforced === undefined ? {} : { privateLinkEnforced: enforced }),
      ...(kind === 'application' ? { idleTimeoutMs: secondsOf(view, 'idle_timeout', 60) } : {}),
    } as LoadBalancer);
    for (const one of draft.all('interfaces'))
      if (one.attachedTo === id && known !== undefined) draft.patch('interfaces', one.id, () => ({ securityGroupIds }));
  },
  remove: (view, { draft }) => {
    const id = view.needed('arn');
    draft.remove('loadBalancers', id);
    for (const one of draft.all('interfaces')) if (one.attachedTo === id) draft.remove('interfaces', one.id);
  },
};

/** The groups of an action, each with its weight. */
const WEIGHED = ['arn', 'weight'];

const listener: Row = {
  list: 'listeners',
  sets: { 'default_action.forward.target_group': WEIGHED },
  ids: { id: listenerArn, arn: listenerArn },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const known = draft.get('listeners', id);
    const protocol = view.word('protocol', PROTOCOLS) ?? 'HTTP';
    const mode = view.blocks('mutual_authentication')[0]?.text('mode') ?? 'off';
    const certificate = view.named('certificate_arn', AWS.certificate);
    const [open] = certificate.reasons;
    if (open !== undefined) draft.unread('listeners', id, `the certificate of ${view.instance.address} (${open})`);
    draft.put('listeners', {
      rules: [],
      ...known,
      id,
      loadBalancerId: view.neededRef('load_balancer_arn', AWS.balancer),
      port: view.number('port') ?? 0,
      protocol,
      actions: view.blocks('default_action').map(actionOf),
      ...(protocol === 'HTTPS' || protocol === 'TLS' ? { clientCertificates: MODES.get(mode) } : {}),
      ...(open !== undefined
        ? { certificateIds: undefined }
        : certificate.values.length > 0
          ? { certificateIds: certificate.values }
          : {}),
    } as Listener);
  },
};

const rule: Row = {
  list: 'listeners',
  isPart: true,
  sets: {
    'action.forward.target_group': WEIGHED,
    condition: CONDITIONS.map(([block]) => block),
    'condition.query_string': [],
  },
  ids: { id: ruleArn, arn: ruleArn },
  owner: (view) => view.ref('listener_arn', AWS.listener),
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const priority = view.isGiven('priority') ? view.number('priority') : nextPriority(view);
    if (priority === undefined) throw view.computed('priority');
    const made = {
      id,
      priority,
      conditions: view.blocks('condition').flatMap(conditionsOf),
      actions: view.blocks('action').map(actionOf),
    };
    draft.patch('listeners', view.neededRef('listener_arn', AWS.listener), ({ rules = [] }) => ({
      rules: [...rules.filter((one) => one.id !== id), made],
    }));
  },
  remove: (view, { draft }) => {
    const id = view.needed('arn');
    draft.patch('listeners', view.needed('listener_arn'), ({ rules = [] }) => ({
      rules: rules.filter((one) => one.id !== id),
    }));
  },
};

/**
 * Without a priority a rule gets the next one after all that exist then: before or after rules that the same apply creates.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener_rule#priority-1
 */
function nextPriority(view: View): number {
  const open = `${view.instance.address} has no priority, and the rules of its listener are created in any order. Write its priority`;
  return Number(view.reading('priority', [[`${LAST_PRIORITY}`], ['0']], { open })[0]);
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const LAST_PRIORITY = 50_000;

const group: Row = {
  list: 'targetGroups',
  isNamedOnce: true,
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

/**
 * A certificate of Certificate Manager. A listener takes one that was issued alone: where it was not, the apply fails.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html
 */
const certificate: Row = {
  list: 'certificates',
  ids: { id: certificateArn, arn: certificateArn },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const isImported = view.isUnknown('private_key') || view.text('certificate_body') !== undefined;
    const isPrivate = view.text('certificate_authority_arn') !== undefined;
    const names = [view.text('domain_name') ?? [], view.texts('subject_alternative_names')].flat();
    draft.put('certificates', {
      issuer: isImported ? 'imported' : isPrivate ? 'private' : 'public',
      valid: true,
      ...draft.get('certificates', id),
      id,
      names: [...new Set(names)],
    } as Certificate);
  },
};

/** Certificates, load balancers, listeners, rules and groups of targets. */
export const balancerRows: Rows = {
  aws_acm_certificate: certificate,
  aws_lb: balancer,
  aws_alb: balancer,
  aws_lb_target_group: group,
  aws_alb_target_group: group,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_rule: rule,
  aws_alb_listener_rule: rule,
  aws_lb_target_group_attachment: attachment,
  aws_alb_target_group_attachment: attachment,
};

function isSame(one: Pick<GroupTarget, 'id' | 'port'>, other: Pick<GroupTarget, 'id' | 'port'>): boolean {
  return one.id === other.id && (other.port === undefined || one.port === other.port);
}

/**
 * What is registered. Of `aws_instance.a[*].private_ip` a plan has the instance alone: a group of addresses gets the one that the
 * instance has, or will have where it does not matter which.
 * @throws {UnknownAttribute}
 */
function registeredIn(view: View, draft: DraftRegion, groupId: string): string {
  const id = view.neededRef('target_id', AWS.registered);
  if (draft.get('targetGroups', groupId)?.kind !== 'address' || !id.startsWith('i-')) return id;
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
  const zone = view.text('availability_zone') ?? (owner && draft.get('subnets', owner.subnetId)?.zone);
  return {
    id,
    port: view.number('port') ?? known?.port,
    ...(zone === undefined ? {} : { zone }),
    health: 'healthy',
  };
}

function actionOf(view: View): ListenerAction {
  const type = view.text('type') ?? 'forward';
  if (type === 'redirect' || type === 'fixed-response') {
    const [block] = view.blocks(type === 'redirect' ? 'redirect' : 'fixed_response');
    return { kind: type, statusCode: block?.text('status_code')?.replace(/^HTTP_/, '') };
  }
  if (type !== 'forward') {
    const [block] = view.blocks(type.replace('-', '_'));
    const then = block?.text('on_unauthenticated_request') ?? 'authenticate';
    const statusCode = OF_LOGIN.get(then);
    if (/^authenticate-(?:oidc|cognito)$/.test(type))
      return {
        kind: 'authenticate',
        ...(then === 'allow' ? { letsThrough: true } : statusCode === undefined ? {} : { statusCode }),
      };
    return { kind: 'other', native: type };
  }
  const groups = (view.blocks('forward')[0]?.blocks('target_group') ?? []).map((one) => ({
    targetGroupId: one.neededRef('arn', AWS.targetGroup),
    weight: one.number('weight') ?? 1,
  }));
  const single = groups.length === 0 ? [view.neededRef('target_group_arn', AWS.targetGroup)] : [];
  return {
    kind: 'forward',
    targetGroupIds: [...single, ...groups.map(({ targetGroupId }) => targetGroupId)],
    ...(groups.length < 2 ? {} : { weights: groups }),
  };
}

function conditionsOf(view: View): readonly RuleCondition[] {
  return CONDITIONS.flatMap(([block, kind, stored]) =>
    view.blocks(block).map((one): RuleCondition => (stored ? { kind, ...storedIn(one) } : { kind })),
  );
}

/** The name of the family in the provider is [U]. */
function storedIn(view: View): Pick<RuleCondition, 'values' | 'family'> {
  const family = view.text('ip_address_type');
  if (family !== 'ipv4' && family !== 'ipv6') return { values: view.texts('values') };
  const values = view.texts('values');
  return values.length === 0 ? { family } : { values, family };
}

function certificateArn(view: View, hash: string): string {
  return arn(view, `certificate/${hash.slice(0, 32)}`, 'acm');
}

function arn(view: View, resource: string, service = 'elasticloadbalancing'): string {
  const { region, account } = view.lookup.place;
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function balancerArn(view: View, hash: string): string {
  const type = view.text('load_balancer_type') ?? 'application';
  return arn(view, `loadbalancer/${IN_ARNS.get(type) ?? type}/${nameIn(view, hash)}/${hash.slice(0, 16)}`);
}

function groupArn(view: View, hash: string): string {
  return arn(view, `targetgroup/${nameIn(view, hash)}/${hash.slice(0, 16)}`);
}

function nameIn(view: View, hash: string): string {
  // A name that the cloud refuses makes no ARN.
  return view.ifKnown(() => view.text('name'))?.replaceAll(/[^\w-]/g, '-') ?? `tf-${hash.slice(0, 8)}`;
}

/** In milliseconds. Undefined: it is set, and not known. */
function secondsOf(view: View, name: string, otherwise: number): number | undefined {
  return view.ifKnown(() => (view.number(name) ?? otherwise) * 1000);
}

/** The ARN of a listener has that of its load balancer in it. */
function listenerArn(view: View, hash: string): string {
  const of = view.neededRef('load_balancer_arn', AWS.balancer);
  return `${of.replace(':loadbalancer/', ':listener/')}/${hash.slice(0, 16)}`;
}

function ruleArn(view: View, hash: string): string {
  const of = view.neededRef('listener_arn', AWS.listener);
  return `${of.replace(':listener/', ':listener-rule/')}/${hash.slice(0, 16)}`;
}
