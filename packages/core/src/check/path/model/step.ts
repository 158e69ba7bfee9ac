import { defined } from '../../../ground/defined.js';
import type { Verdict } from '../../../do/findings/finding.js';
import type { Missing } from '../../../do/world/views.js';
import type { PathCheckId, PathCode } from '../reasons/index.js';
import type { HopText, Reason } from '../reasons/reason.js';
import { missingText, unreadReasons, type Aside } from '../reasons/load-balancer.js';
import type { GroupSet, KeptGroup } from './group-set.js';
import { isPoint, spanText, type Span } from './span.js';
import type { SubnetPlace } from './world.js';
import type { SecurityGroupRule } from '../../../do/model/network.js';
import type { NetworkAcl } from '../../../do/model/routing.js';
import type { Ports } from '../reasons/security-group.js';

/** The two ends of a path, and the port that is called. */
export interface Way {
  readonly from: End;
  readonly to: End;
  readonly port: number;
}

/**
 * The result of one hop. A step is created once for what decides (a rule, a route, an entry), and shared by all paths that it
 * decides. Its text is generated only on request.
 */
export interface PathStep {
  /** The check that reports it; `undefined` where another family does. */
  readonly check: PathCheckId | undefined;
  readonly hop: string;
  readonly verdict: Verdict;
  /** Set where only a part of the requested addresses is allowed. */
  readonly partly?: true | undefined;
  /** Set where nearly all calls succeed, and a few do not: it passes, and is reported as a warning. */
  readonly warns?: true | undefined;
  readonly describe: (way: Way) => HopText<PathCode>;
  /** The fact that is missing, where that is why it is unknown. */
  readonly missing?: Missing | undefined;
  /** The entries of a list that would allow the call. */
  readonly wants?: ((way: Way) => ListChange | undefined) | undefined;
  /** Where a target group has no target for calls: what blocks health checks of its targets. */
  readonly cause?: (() => HopText | undefined) | undefined;
}

/** A step of one trace, for output. */
export interface TracedHop extends HopText<PathCode> {
  readonly hop: string;
  readonly verdict: Verdict;
}

export function hopOf(step: PathStep, way: Way): TracedHop {
  return { ...step.describe(way), hop: step.hop, verdict: step.verdict };
}

/** A step that lets the packet pass. */
export function passStep(check: PathCheckId | undefined, hop: string, describe: PathStep['describe']): PathStep {
  return { check, hop, verdict: 'pass', describe };
}

/** A step that lets nearly all calls pass, or is contradicted by what was seen: it is reported as a warning. */
export function warnStep(check: PathCheckId | undefined, hop: string, describe: PathStep['describe']): PathStep {
  return { check, hop, verdict: 'pass', warns: true, describe };
}

/** A step that stops the packet. */
export function failStep(check: PathCheckId | undefined, hop: string, describe: PathStep['describe']): PathStep {
  return { check, hop, verdict: 'fail', describe };
}

/** A step of which cannot be determined whether it stops the packet. */
export function unsureStep(check: PathCheckId | undefined, hop: string, describe: PathStep['describe']): PathStep {
  return { check, hop, verdict: 'unknown', describe };
}

/**
 * A step about a fact that is missing.
 * @param aside what stops the packet under an assumption about the fact
 */
export function unknownStep(
  check: PathCheckId | undefined,
  hop: string,
  what: { readonly kind: string; readonly id: string },
  missing: Missing,
  aside?: () => Aside,
): PathStep {
  return {
    check,
    hop,
    verdict: 'unknown',
    missing,
    describe: () => {
      const assumed = aside?.();
      return {
        ...what,
        text: `not known: ${missingText(missing, assumed)}`,
        ...unreadReasons.NOT_READ({ missing, aside: assumed }),
      };
    },
  };
}

/** A step that stops the packet as far as was read, while the cloud shows that packets arrive: both are named. */
export function contradicted(
  { check, hop, describe }: PathStep,
  reason: (stop: HopText<PathCode>) => Reason<PathCode>,
): PathStep {
  return unsureStep(check, hop, (way) => {
    const stop = describe(way);
    const { kind, id, text, code } = stop;
    return { kind, id, text, ...defined({ code }), ...reason(stop) };
  });
}

/** `fail` where a step stops the path, else `unknown` where one is, else `pass`. */
export function verdictOf(steps: readonly PathStep[]): Verdict {
  let verdict: Verdict = 'pass';
  for (const step of steps) {
    if (step.verdict === 'fail') return 'fail';

    if (step.verdict === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

/** Of several answers to one question the worst, the first of equals: all have to hold. */
export function worstOf<T extends { readonly verdict: Verdict }>(answers: readonly T[]): T | undefined {
  return (
    answers.find(({ verdict }) => verdict === 'fail') ??
    answers.find(({ verdict }) => verdict === 'unknown') ??
    answers[0]
  );
}

/** One end of a path: some addresses, and the filters in front of them. */
export interface End {
  /** `10.20.1.7`, `subnet-0a (10.0.1.0/24)`. */
  readonly text: string;
  readonly span: Span;
  /** The addresses of the span that are in use today, where that is known. */
  readonly points?: readonly Span[] | undefined;
  /** Undefined where no subnet of the snapshot holds it. */
  readonly place?: SubnetPlace | undefined;
  /** Why its subnet is not known, where it has one. */
  readonly unplaced?: Missing | undefined;
  readonly networkId?: string | undefined;
  /** The security groups of its interfaces; undefined where it has no security groups. */
  readonly groups?: GroupSet | undefined;
  /** The one of its groups that `postern apply` manages: it removes a rule that is added by hand. */
  readonly kept?: KeptGroup | undefined;
  /** Whether network ACLs filter what reaches it. */
  readonly behindNetworkAcl: boolean;
  /** What the addresses belong to: `load balancer orders-alb`. */
  readonly owner?: string | undefined;
}

/** The addresses of an end as a block for a rule: its subnet's where it has one, since single addresses change. */
export function blockText({ span, place }: Pick<End, 'span' | 'place'>): string {
  const block = place?.spans.find(({ family }) => family === span.family);
  return textOfBlock(block ?? span);
}

/** A span as rules write it: a single address is a block, too. */
function textOfBlock(span: Span): string {
  return isPoint(span) ? `${spanText(span)}/${span.family === 4 ? 32 : 128}` : spanText(span);
}

/** A change to a list of the cloud after which it allows a call or its answer. */
export type ListChange =
  | {
      readonly list: 'security-group';
      /** The group to change. */
      readonly id: string;
      readonly direction: 'in' | 'out';
      readonly port: number;
      /** A block, or a security group. */
      readonly peer: string;
      /** The number with which it precedes what drops the call; undefined where rules have no order, or no rule drops it. */
      readonly priority?: number | undefined;
      /** Drops that no rule can precede: they have to move to priority 2. */
      readonly yields?: readonly { readonly groupId: string; readonly rule: SecurityGroupRule }[] | undefined;
    }
  | {
      readonly list: 'network-acl';
      readonly acl: NetworkAcl;
      readonly direction: 'in' | 'out';
      readonly ports: Ports;
      readonly peer: string;
      /** The number of the entry that it has to go before; undefined where only what comes after all entries denies. */
      readonly before?: number | undefined;
    }
  | {
      readonly list: 'access-control-list';
      readonly id: string;
      /** The entry to add. */
      readonly add?: string | undefined;
      /** The entries to remove. */
      readonly remove?: readonly string[] | undefined;
    };

/** A step that a trace took, and between which ends. */
export interface TracedStep {
  readonly step: PathStep;
  readonly way: Way;
}

/** One trace, from one source of calls to one address and port. */
export interface PathTrace {
  readonly from: string;
  readonly to: string;
  /** The route whose calls it is of; undefined: of all routes of the target. */
  readonly route?: string | undefined;
  readonly verdict: Verdict;
  /** In the order of the path, up to the first that stops it. */
  readonly taken: readonly TracedStep[];
  /** Set where it ends early because the rest of the path is unknown and was not evaluated. */
  readonly cut?: true | undefined;
}

/** The trace of some steps, without those after the first that stops it. `isWhole`: whether the steps are complete. */
export function createTrace(from: string, to: string, taken: readonly TracedStep[], isWhole: boolean): PathTrace {
  const stop = taken.findIndex(({ step }) => step.verdict === 'fail');
  const kept = stop === -1 ? taken : taken.slice(0, stop + 1);
  const trace = { from, to, verdict: verdictOn(kept), taken: kept };
  return isWhole || stop !== -1 ? trace : { ...trace, cut: true };
}

export function hopsOn({ taken }: PathTrace): readonly TracedHop[] {
  return taken.map(({ step, way }) => hopOf(step, way));
}

/** The verdict of some steps of a trace. */
export function verdictOn(taken: readonly TracedStep[]): Verdict {
  return verdictOf(taken.map(({ step }) => step));
}

/** Whether something stops the trace already. */
export function isStopped(taken: readonly TracedStep[]): boolean {
  return taken.some(({ step }) => step.verdict === 'fail');
}
