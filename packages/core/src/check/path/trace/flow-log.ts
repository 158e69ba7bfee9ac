import type { Flow } from '../../../do/model/network.js';
import type { Destination } from '../balancers/destinations.js';
import { isPoint, spanText } from '../model/span.js';
import {
  contradicted,
  createTrace,
  type End,
  passStep,
  type PathStep,
  type PathTrace,
  type TracedStep,
  warnStep,
} from '../model/step.js';
import type { World } from '../model/world.js';
import { evidenceReasons } from '../reasons/evidence.js';
import { flowLogReasons } from '../reasons/link.js';
import type { Caller } from '../sources/caller.js';

const CHECK = 'path/flow-log';

/** What interfaces of one subnet sent to one address and port, with one of them. */
interface Seen extends Flow {
  readonly interface: string;
}

/**
 * A trace, with what flow logs of the link's interfaces show of it. Where answers came back, the path up to the called
 * address is open: steps that are not known pass, and one that seems to stop calls is not known. Calls that were refused or not answered are a warning, because rules may
 * have changed since.
 */
export function withFlowLog(
  world: World,
  caller: Caller,
  trace: PathTrace,
  from: End,
  destination: Destination,
): PathTrace {
  const seen = seenBy(world, caller, from, destination);
  if (seen === undefined) return trace;

  const isAnswered = answersTheLast(seen);
  const way = { from, to: destination.end ?? from, port: destination.port };
  const taken = isAnswered ? trace.taken.map((one) => proven(one, from, seen)) : trace.taken;
  const step = isAnswered ? answered(seen) : withoutAnswer(seen);
  // What comes after a hop that seemed to stop calls was not followed.
  const isWhole = trace.cut !== true && !(isAnswered && trace.verdict === 'fail');
  return createTrace(trace.from, trace.to, [...taken, { step, way }], isWhole);
}

function seenBy({ interfacesOfLink }: World, { link }: Caller, from: End, destination: Destination): Seen | undefined {
  const { end, span, port } = destination;
  const called = new Set([span, ...(end?.points ?? [])].filter(isPoint).map(spanText));
  const own = link === undefined ? [] : interfacesOfLink(link.id);
  const rows = own
    .filter(({ subnetId }) => subnetId === from.place?.subnet.id)
    .flatMap(({ id, flows = [] }) =>
      flows
        .filter((flow) => called.has(flow.to) && flow.port === port)
        .map((flow): Seen => ({ ...flow, interface: id })),
    );
  const [first, ...more] = rows;
  return more.reduce<Seen | undefined>((sum, row) => sum && added(sum, row), first);
}

function added(a: Seen, b: Seen): Seen {
  const last = (of: 'sentAt' | 'refusedAt' | 'answeredAt') =>
    [a[of], b[of]]
      .flatMap((at) => at ?? [])
      .toSorted()
      .at(-1);
  return {
    ...a,
    sent: a.sent + b.sent,
    refused: a.refused + b.refused,
    answered: a.answered + b.answered,
    sentAt: last('sentAt'),
    refusedAt: last('refusedAt'),
    answeredAt: last('answeredAt'),
  };
}

/** What a load balancer at the address does with the call is not proven: other steps are between other ends, or of its check. */
function proven(one: TracedStep, from: End, seen: Seen): TracedStep {
  const { step, way } = one;
  const isOnWay = way.from === from || way.to === from;
  if (step.verdict === 'pass' || !isOnWay || step.check === 'path/load-balancer') return one;
  if (step.verdict === 'fail') {
    const { interface: id, to, port, answeredAt: at = '' } = seen;
    const facts = { interface: id, to, port, at };
    return { way, step: contradicted(step, (stop) => evidenceReasons.FLOW_CONTRADICTS({ ...facts, stop })) };
  }

  const describe: PathStep['describe'] = (at) => {
    const { kind, id, text } = step.describe(at);
    return { kind, id, text: `${text}; calls were answered at ${seen.answeredAt}` };
  };
  return { way, step: passStep(step.check, step.hop, describe) };
}

function answered({ interface: id, to, port, answeredAt }: Seen): PathStep {
  return passStep(CHECK, 'flow log', () => ({
    kind: 'network interface',
    id,
    text: `calls to ${to} on port ${port} were answered, the last at ${answeredAt}`,
  }));
}

function withoutAnswer(seen: Seen): PathStep {
  const { interface: id, to, port, sent, refused, refusedAt, sentAt, answeredAt: answer } = seen;
  const isRefused = refusedAt !== undefined && refusedAt >= (sentAt ?? '');
  const at = isRefused ? refusedAt : sentAt;
  const why = isRefused
    ? flowLogReasons.FLOW_REFUSED({ interface: id, to, port, refused, at: refusedAt })
    : flowLogReasons.FLOW_UNANSWERED({ interface: id, to, port, sent, at, answer });
  const text = isRefused ? 'refused calls' : 'calls without an answer';
  return warnStep(CHECK, 'flow log', () => ({ kind: 'network interface', id, text, ...why }));
}

/** The last packets of a call and of its answer may be in records that end some seconds apart. */
const APART_MS = 60_000;

/** Whether an answer came back after the last call was refused, and as late as the last call was sent. */
function answersTheLast({ sentAt, refusedAt = '', answeredAt }: Seen): boolean {
  if (answeredAt === undefined || answeredAt <= refusedAt) return false;

  return sentAt === undefined || Date.parse(sentAt) - Date.parse(answeredAt) <= APART_MS;
}
