import { fail } from '@postern/core/checks';
import {
  type Asked,
  ifCertain,
  isNull,
  knownWords,
  lacks,
  OTHER,
  pairOf,
  refusals,
  type Refusals,
  textOf,
  type View,
} from '@postern/core/overlay';
import type { LoadBalancer } from '@postern/core/snapshot';
import { AWS } from '../rows/id-forms.js';
import { PROTOCOLS as WORDS } from '../rows/target-groups.js';
import { LISTENERS } from './facts.js';

/** Protocols of listeners. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
const PROTOCOLS: Readonly<Record<LoadBalancer['kind'], readonly string[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'QUIC', 'TCP_QUIC', 'UDP', 'TCP_UDP', 'TLS'],
  gateway: [],
  classic: [],
};
const SECURE = new Set<string | undefined>(['HTTPS', 'TLS']);
/** What one port carries beside TCP. */
const DATAGRAMS: Readonly<Record<string, readonly string[]>> = {
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};
const layersOf = (protocol = ''): readonly string[] => DATAGRAMS[protocol] ?? ['tcp'];

/** The load balancer of a listener, where it is known for certain. */
export function balancerOf({ view, draft }: Pick<Asked, 'view' | 'draft'>): LoadBalancer | undefined {
  return draft.get('loadBalancers', view.neededRef('load_balancer_arn', AWS.balancer));
}

const protocols: Refusals = refusals(
  LISTENERS,
  {
    LISTENER_PROTOCOL: fail(
      '{attribute} is {protocol}, and {balancer} is {title}: expected {allowed:or}',
      'Write {allowed:or}, or use another kind of load balancer.',
    ),
    LISTENER_PORT: fail('{attribute} is {port|not set}: expected 1 to 65535', 'Write such a port.'),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const balancer = balancerOf(asked);
    if (balancer === undefined || !(balancer.kind === 'application' || balancer.kind === 'network')) return;

    const protocol = textOf(view, 'protocol');
    const allowed = PROTOCOLS[balancer.kind] ?? [];
    if (protocol !== undefined && WORDS.has(protocol) && !allowed.includes(protocol))
      yield say.LISTENER_PROTOCOL(
        about,
        { attribute: named('protocol'), protocol, balancer: balancer.id, allowed },
        { words: { title: `${balancer.kind === 'application' ? 'an application' : 'a network'} load balancer` } },
      );
    const port = view.number('port');
    const isWrong = port === undefined ? isNull(view, 'port') : !Number.isInteger(port) || port < 1 || port > 65_535;
    if (isWrong) yield say.LISTENER_PORT(about, { attribute: named('port'), port });
  },
);

const certificates: Refusals = refusals(
  LISTENERS,
  {
    CERTIFICATE_REQUIRED: fail(
      '{attribute} is not set, and the listener is {protocol}',
      'Write the ARN of a certificate.',
    ),
    CERTIFICATE_WITHOUT_TLS: fail(
      '{attribute} is set, and the listener is {protocol}',
      'Remove it, or write HTTPS or TLS.',
    ),
    POLICY_WITHOUT_TLS: fail('{attribute} is set, and the listener is {protocol}', 'Remove it, or write HTTPS or TLS.'),
  },
  function* ({ view, about, named }, say) {
    const protocol = view.text('protocol');
    if (protocol === undefined) return;

    const attribute = named('certificate_arn');
    const isSecure = SECURE.has(protocol);
    if (isSecure && isNull(view, 'certificate_arn')) yield say.CERTIFICATE_REQUIRED(about, { attribute, protocol });
    if (isSecure) return;

    if (!lacks(view, 'certificate_arn')) yield say.CERTIFICATE_WITHOUT_TLS(about, { attribute, protocol });
    if (textOf(view, 'ssl_policy') !== undefined)
      yield say.POLICY_WITHOUT_TLS(about, { attribute: named('ssl_policy'), protocol });
  },
);

const ports: Refusals = refusals(
  LISTENERS,
  {
    PORT_TWICE: fail(
      `${OTHER} is on port {port} of the same load balancer: CreateListener answers DuplicateListener`,
      '[if isOwn: Give it another port, or undo what replaces it.|Remove one of the two listeners, or give it another port.]',
    ),
  },
  function* (asked, say) {
    const { view, about, others, draft, planned } = asked;
    const port = view.number('port');
    const id = view.neededRef('load_balancer_arn', AWS.balancer);
    const layers = layersOf(textOf(view, 'protocol'));
    const isSame = (number: number | undefined, protocol: string | undefined): boolean =>
      number === port && layersOf(protocol).some((one) => layers.includes(one));
    const other = others(...LISTENERS).find(
      (one) =>
        ifCertain(() => one.ref('load_balancer_arn', AWS.balancer)) === id &&
        isSame(
          ifCertain(() => one.number('port')),
          textOf(one, 'protocol'),
        ),
    );
    const kept = draft.base.listeners.find(
      (one) => one.loadBalancerId === id && !planned.has(one.id) && isSame(one.port, one.protocol),
    );
    if (port === undefined || (other !== undefined && isRepeated(view, other))) return;

    if (other !== undefined) yield say.PORT_TWICE(about, { port, ...pairOf(asked, other) });
    else if (kept !== undefined && view.instance.before === undefined)
      yield say.PORT_TWICE(about, { port, isOwn: false, other: kept.id });
  },
);

/**
 * Whether two listeners of a plan have the same settings: then both calls succeed, and both are one listener.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html "This operation is idempotent"
 */
function isRepeated(one: View, other: View): boolean {
  const settings = (view: View): string => {
    const { id: _id, arn: _arn, ...written } = view.values ?? {};
    const blocks = ifCertain(() => view.blocks('default_action')) ?? [];
    const groups = blocks.flatMap((action) => [
      ifCertain(() => action.ref('target_group_arn', AWS.targetGroup)),
      ...(ifCertain(() => action.blocks('forward').flatMap((each) => each.blocks('target_group'))) ?? []).map((each) =>
        ifCertain(() => each.ref('arn', AWS.targetGroup)),
      ),
    ]);
    return JSON.stringify([written, groups, ifCertain(() => view.ref('certificate_arn', AWS.certificate))]);
  };
  return one.instance !== other.instance && settings(one) === settings(other);
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html#alpn-policies */
const alpn: Refusals = refusals(
  LISTENERS,
  { ALPN_WITHOUT_TLS: fail('{attribute} is set, and the listener is {protocol}', 'Remove it, or write TLS.') },
  function* ({ view, about, named }, say) {
    const protocol = view.text('protocol');
    if (protocol !== undefined && protocol !== 'TLS' && textOf(view, 'alpn_policy') !== undefined)
      yield say.ALPN_WITHOUT_TLS(about, { attribute: named('alpn_policy'), protocol });
  },
);

/** Those of every name are not listed: new ones come each year. */
const policies = knownWords(LISTENERS, [
  { attribute: 'ssl_policy', known: ['ELBSecurityPolicy-TLS13-1-2-2021-06'], also: /^ELBSecurityPolicy-[\w-]+$/ },
  { attribute: 'alpn_policy', known: ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'] },
]);

export const listenerRefusals: readonly Refusals[] = [protocols, certificates, ports, alpn, policies];
