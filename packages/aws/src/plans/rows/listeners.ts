import type { Row, Rows, View } from '@postern/core/internal/overlay';
import type { Listener, ListenerAction, RuleCondition } from '@postern/core/internal/snapshot';
import { PROTOCOLS } from './target-groups.js';
import { AWS } from './id-forms.js';

const CONDITIONS: readonly (readonly [block: string, kind: RuleCondition['kind'], name?: string, value?: string])[] = [
  ['path_pattern', 'path'],
  ['host_header', 'host'],
  ['http_request_method', 'method'],
  ['source_ip', 'source'],
  ['http_header', 'header', 'http_header_name', 'values'],
  ['query_string', 'query', 'key', 'value'],
];

const MODES: ReadonlyMap<string, NonNullable<Listener['clientCertificates']>> = new Map([
  ['off', 'none'],
  ['passthrough', 'passed'],
  ['verify', 'required'],
]);

/** The answers to callers that have not logged in. */
const OF_LOGIN: ReadonlyMap<string, string> = new Map([
  ['authenticate', '302'],
  ['deny', '401'],
]);

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
          ? {
              certificateIds: [
                ...certificate.values,
                ...additional(known).filter((one) => !certificate.values.includes(one)),
              ],
            }
          : {}),
    } as Listener);
  },
};

/** The certificates of a listener besides its default one, which is the first. */
function additional({ certificateIds = [] }: Pick<Listener, 'certificateIds'> = {}): readonly string[] {
  return certificateIds.slice(1);
}

const certificate: Row = {
  list: 'listeners',
  isPart: true,
  owner: (view) => view.ref('listener_arn', AWS.listener),
  add: (view, { draft }) => {
    const listenerId = view.neededRef('listener_arn', AWS.listener);
    const { values, reasons } = view.named('certificate_arn', AWS.certificate);
    const [open] = reasons;
    if (open !== undefined)
      draft.unread('listeners', listenerId, `the certificate of ${view.instance.address} (${open})`);
    draft.patch('listeners', listenerId, ({ certificateIds: ids }) => ({
      certificateIds: open === undefined ? ids && [...new Set([...ids, ...values])] : undefined,
    }));
  },
  remove: (view, { draft }) => {
    const id = view.needed('certificate_arn');
    draft.patch('listeners', view.needed('listener_arn'), (one) => ({
      certificateIds: one.certificateIds?.filter((own, at) => at === 0 || own !== id),
    }));
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

/** Listeners and their rules. */
export const listenerRows: Rows = {
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_listener_certificate: certificate,
  aws_alb_listener_certificate: certificate,
  aws_lb_listener_rule: rule,
  aws_alb_listener_rule: rule,
};

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
  return CONDITIONS.flatMap(([block, kind, name, value]): readonly RuleCondition[] => {
    const blocks = view.blocks(block);
    if (name !== undefined && value !== undefined)
      return blocks.length === 0 ? [] : [{ kind, ...namedIn(blocks, name, value) }];

    return blocks.map((one) => ({ kind, ...storedIn(one) }));
  });
}

/** The header or the parameter that a condition compares; nothing where it compares several, or what is not known. */
function namedIn(blocks: readonly View[], name: string, value: string): Pick<RuleCondition, 'name' | 'values'> {
  const [first, ...others] = new Set(blocks.map((one) => one.ifKnown(() => one.text(name)?.toLowerCase())));
  if (first === undefined || others.length > 0) return {};

  const values = blocks.map((one) =>
    one.ifKnown(() => (value === 'values' ? one.texts(value) : [one.text(value)].flatMap((text) => text ?? []))),
  );
  return values.includes(undefined) ? { name: first } : { name: first, values: values.flatMap((texts) => texts ?? []) };
}

/** The name of the family in the provider is [U]. */
function storedIn(view: View): Pick<RuleCondition, 'values' | 'family'> {
  const family = view.text('ip_address_type');
  if (family !== 'ipv4' && family !== 'ipv6') return { values: view.texts('values') };

  const values = view.texts('values');
  return values.length === 0 ? { family } : { values, family };
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
