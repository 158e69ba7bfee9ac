import { fail } from '@postern/core/checks';
import {
  blockOf,
  ifCertain,
  isWithin,
  knownWords,
  refusals,
  type Refusals,
  textOf,
  type View,
} from '@postern/core/overlay';
import { GROUPS } from './facts.js';

/*
 * Attributes of target groups.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
const HTTP = new Set<string | undefined>(['HTTP', 'HTTPS']);
const FLOW = new Set<string | undefined>(['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);
/** Groups whose targets see the addresses of clients, whatever is written. */
const DATAGRAMS = new Set<string | undefined>(['UDP', 'TCP_UDP']);

const attributes: Refusals = refusals(
  GROUPS,
  {
    ATTRIBUTE_RANGE: fail('{attribute} is {value}: expected {expected}', 'Write such a number.'),
    ATTRIBUTE_MISFIT: fail(
      '{attribute} is set, and a group of {protocol} has no such attribute',
      'Remove {attribute}.',
    ),
    CLIENT_ADDRESS_KEPT: fail(
      '{attribute} is false, and a group of {protocol} keeps the addresses of clients',
      'Remove {attribute}, or write another protocol.',
    ),
    SLOW_START_MISFIT: fail(
      '{attribute} is {value}, and slow start needs the algorithm round_robin, which is {algorithm}',
      'Remove one of the two.',
    ),
  },
  function* ({ view, about, named }, say) {
    const protocol = view.text('protocol');
    if (!hasAttributes(view)) return;

    const number = (name: string): number | undefined => ifCertain(() => view.number(name));
    const delay = number('deregistration_delay');
    const slow = number('slow_start') ?? 0;
    if (delay !== undefined && !isWithin(delay, 0, 3600))
      yield say.ATTRIBUTE_RANGE(about, {
        attribute: named('deregistration_delay'),
        value: delay,
        expected: '0 to 3600',
      });
    if (slow !== 0 && !isWithin(slow, 30, 900))
      yield say.ATTRIBUTE_RANGE(about, { attribute: named('slow_start'), value: slow, expected: '0, or 30 to 900' });
    if (protocol === undefined) return;

    const isKnown = HTTP.has(protocol) || FLOW.has(protocol);
    for (const { name, of, unless } of GIVEN)
      if (isKnown && !of.has(protocol) && !['', unless].includes(String(ifCertain(() => view.value(name)) ?? '')))
        yield say.ATTRIBUTE_MISFIT(about, { attribute: named(name), protocol });
    if (DATAGRAMS.has(protocol) && view.flag('preserve_client_ip') === false)
      yield say.CLIENT_ADDRESS_KEPT(about, { attribute: named('preserve_client_ip'), protocol });
    const algorithm = textOf(view, 'load_balancing_algorithm_type');
    if (slow !== 0 && algorithm !== undefined && algorithm !== 'round_robin')
      yield say.SLOW_START_MISFIT(about, { attribute: named('slow_start'), value: slow, algorithm });
  },
);

/** What is sent where it is set, and the protocols that have it; `unless`: the provider does not send this value. */
const GIVEN: readonly {
  readonly name: string;
  readonly of: ReadonlySet<string | undefined>;
  readonly unless?: string;
}[] = [
  { name: 'slow_start', of: HTTP, unless: '0' },
  { name: 'load_balancing_algorithm_type', of: HTTP },
  { name: 'preserve_client_ip', of: FLOW },
  { name: 'proxy_protocol_v2', of: FLOW, unless: 'false' },
  { name: 'connection_termination', of: FLOW, unless: 'false' },
];

/**
 * The provider sends attributes of no other groups.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/target_group.go targetTypesSupported
 */
function hasAttributes(view: View): boolean {
  return ['instance', 'ip'].includes(view.text('target_type') ?? 'instance');
}

const COOKIES = ['lb_cookie', 'app_cookie'];
const OF_NAMES = [...COOKIES, 'source_ip'];
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#sticky-sessions */
const NEVER_STICKY = new Set<string | undefined>(['TLS', 'QUIC', 'TCP_QUIC']);

const stickiness: Refusals = refusals(
  GROUPS,
  {
    STICKINESS_TYPE: fail(
      'its stickiness is {type}, and a group of {protocol} has {allowed:or}',
      'Write {allowed:or}, or remove the block.',
    ),
    STICKINESS_PROTOCOL: fail('stickiness is enabled, and a group of {protocol} has none', 'Disable it.'),
    COOKIE_NAME: fail(
      'the name of the cookie of its stickiness is {name|not set}: expected a name that does not begin with AWSALB',
      'Write such a name.',
    ),
  },
  function* ({ view, about }, say) {
    const block = blockOf(view, 'stickiness');
    const protocol = view.text('protocol');
    const type = block && textOf(block, 'type');
    if (block === undefined || protocol === undefined || type === undefined || !OF_NAMES.includes(type)) return;
    if (!hasAttributes(view)) return;

    const isEnabled = block.flag('enabled') !== false;
    const allowed = HTTP.has(protocol) ? COOKIES : FLOW.has(protocol) ? ['source_ip'] : OF_NAMES;
    if (!allowed.includes(type)) yield say.STICKINESS_TYPE(about, { type, protocol, allowed });
    if (!isEnabled) return;

    if (NEVER_STICKY.has(protocol)) yield say.STICKINESS_PROTOCOL(about, { protocol });
    const name = textOf(block, 'cookie_name');
    const isRight = name !== undefined && !name.startsWith('AWSALB');
    if (type === 'app_cookie' && !isRight && !block.isUnknown('cookie_name')) yield say.COOKIE_NAME(about, { name });
  },
);

const words = knownWords(GROUPS, [
  {
    attribute: 'load_balancing_algorithm_type',
    known: ['round_robin', 'least_outstanding_requests', 'weighted_random'],
  },
  { block: 'stickiness', attribute: 'type', known: [...OF_NAMES, 'source_ip_dest_ip', 'source_ip_dest_ip_proto'] },
  { attribute: 'protocol_version', known: ['HTTP1', 'HTTP2', 'GRPC'] },
]);

export const attributeRefusals: readonly Refusals[] = [attributes, stickiness, words];
