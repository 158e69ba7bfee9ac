import { fail } from '@postern/core/checks';
import {
  ifCertain,
  isNull,
  isWithin,
  knownWords,
  lacks,
  OTHER,
  pairOf,
  refusals,
  textOf,
  type Refusals,
  type View,
} from '@postern/core/overlay';
import { ALIBABA } from '../rows/id-forms.js';

/*
 * Listeners of CLB.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createloadbalancertcplistener
 */
const TYPE = 'alicloud_slb_listener';

/** Numbers of a listener, by its arguments. */
const RANGES = [
  ['frontend_port', 1, 65_535],
  ['backend_port', 1, 65_535],
  ['bandwidth', -1, 5120],
  ['health_check_connect_port', 1, 65_535],
  ['healthy_threshold', 2, 10],
  ['unhealthy_threshold', 2, 10],
  ['health_check_interval', 1, 50],
  ['health_check_timeout', 1, 300],
] as const;

const numbers: Refusals = refusals(
  [TYPE],
  {
    LISTENER_RANGE: fail('{attribute} is {value}: expected {least} to {most}', 'Write {least} to {most}.'),
    BACKEND_PORT: fail('{attribute} is not set, and the listener has no server group', 'Write {attribute}.'),
    CERTIFICATE_REQUIRED: fail('{attribute} is not set, and the listener is https', 'Write the ID of a certificate.'),
  },
  function* ({ view, about, named }, say) {
    for (const [name, least, most] of RANGES) {
      const value = ifCertain(() => view.number(name));
      if (value !== undefined && !isWithin(value, least, most))
        yield say.LISTENER_RANGE(about, { attribute: named(name), value, least, most });
    }
    const hasGroup = view.isUnknown('server_group_id') || textOf(view, 'server_group_id') !== undefined;
    const isForwarded = textOf(view, 'listener_forward') === 'on';
    if (isNull(view, 'backend_port') && !hasGroup && !isForwarded)
      yield say.BACKEND_PORT(about, { attribute: named('backend_port') });
    const hasOld = textOf(view, 'ssl_certificate_id') !== undefined || view.isUnknown('ssl_certificate_id');
    if (view.text('protocol') === 'https' && lacks(view, 'server_certificate_id') && !hasOld)
      yield say.CERTIFICATE_REQUIRED(about, { attribute: named('server_certificate_id') });
  },
);

/** TCP, HTTP and HTTPS share ports; UDP has its own. */
const isDatagram = (view: View): boolean => textOf(view, 'protocol')?.toLowerCase() === 'udp';

const ports: Refusals = refusals(
  [TYPE],
  {
    PORT_TWICE: fail(
      `${OTHER} is on port {port} of the same load balancer`,
      '[if isOwn: Give it another port, or undo what replaces it.|Remove one of the two listeners, or give it another port.]',
    ),
  },
  function* ({ view, about, others, draft, planned }, say) {
    const port = view.number('frontend_port');
    const balancer = view.neededRef('load_balancer_id', ALIBABA.balancer);
    if (port === undefined) return;

    const other = others(TYPE).find(
      (one) =>
        ifCertain(() => one.number('frontend_port')) === port &&
        ifCertain(() => one.ref('load_balancer_id', ALIBABA.balancer)) === balancer &&
        isDatagram(one) === isDatagram(view),
    );
    const isOwn = (id: string): boolean => planned.has(id) || draft.get('listeners', id) === undefined;
    const kept = draft.base.listeners.find(
      (one) =>
        one.loadBalancerId === balancer &&
        one.port === port &&
        (one.protocol === 'UDP') === isDatagram(view) &&
        !isOwn(one.id),
    );
    if (other !== undefined) yield say.PORT_TWICE(about, { port, ...pairOf({ view }, other) });
    else if (kept !== undefined && view.instance.before === undefined)
      yield say.PORT_TWICE(about, { port, isOwn: false, other: kept.id });
  },
);

const words = knownWords(
  [TYPE],
  [
    { attribute: 'protocol', known: ['tcp', 'udp', 'http', 'https'] },
    { attribute: 'scheduler', known: ['wrr', 'wlc', 'rr', 'sch', 'tch'] },
  ],
);

const layer7 = knownWords([TYPE], [{ attribute: 'scheduler', known: ['wrr', 'wlc', 'rr'] }], ({ view }) =>
  /^https?$/i.test(view.text('protocol') ?? ''),
);

export const listenerRefusals: readonly Refusals[] = [numbers, ports, words, layer7];
