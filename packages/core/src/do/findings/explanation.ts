import { withoutStart } from '../../ground/text/texts.js';
import { optional, type Infer } from '../forms/form.js';
import { amount, optionalFlag, optionalText } from '../forms/values.js';
import type { Evidence, FailedFinding, Params, Verdict } from './finding.js';

/** Why a hop does not forward the packet, or why that is unknown. */
export interface Why {
  /** `NO_RULE`, `BLACKHOLE`, `NOT_READ`, …: that of the finding. */
  readonly code: string;
  readonly params: Params;
}

/** One step of a packet's path, and the rule, route or entry that decided it. */
export interface Hop extends Evidence {
  readonly hop: string;
  readonly verdict: Verdict;
  /** In one sentence, where the hop stops the packet, or its result is unknown. */
  readonly because?: string | undefined;
  readonly remedy?: string | undefined;
  /** The facts of `because` and `remedy`. */
  readonly why?: Why | undefined;
}

/** The path from one source of a link's calls to one address and port of a target, and the return path. */
export interface Path {
  /** Where it begins: `subnet-0a (10.0.1.0/24)`. */
  readonly from: string;
  /** Where it ends: `10.20.1.7:443`. */
  readonly to: string;
  readonly verdict: Verdict;
  /** To the first that stops it; all of them where it arrives. */
  readonly hops: readonly Hop[];
}

/** How one route's calls get to their target. */
export interface Explanation {
  readonly integration: string;
  /** The route's key; undefined where the integration has no route to the target. */
  readonly route?: string | undefined;
  /** The target's name in the spec. */
  readonly target: string;
  readonly link: string;
  /** The worst of its paths. Calls arrive where it is `pass` and there are no `failures`. */
  readonly verdict: Verdict;
  readonly paths: readonly Path[];
  /** Failures of severity `error` that no path shows: the link would not work, or the gateway is on another. */
  readonly failures?: readonly FailedFinding[] | undefined;
  /** The addresses by which callers reach the route over custom domains: `https://api.example.com/orders`. Undefined: none was read. */
  readonly calledBy?: readonly string[] | undefined;
  /** Where the calls go: a sentence for each action that shares them, or whose weights a service writes. Undefined: none does. */
  readonly shares?: readonly string[] | undefined;
  /** Facts of the spec's `assume` that verdicts depend on. */
  readonly assumptions: readonly { readonly path: string; readonly text: string }[];
}

export const explainShape = {
  /** The integration's name in the spec; by default those of each gateway that has the route. */
  integration: optionalText,
  /** The key of a route, or a call that one serves, `GET /orders/7`; by default all of them, and targets without any. */
  route: optionalText,
  /** As for `check`. */
  now: optional(amount),
  /** As for `check`: remedies then say to run the command again. */
  live: optionalFlag,
};

/** What is explained. */
export interface ExplainOptions extends Infer<typeof explainShape> {}

/** The message of a finding about a hop: `route: no route of rtb-1 to 10.0.0.1`. */
export function hopMessage(hop: string, reason: string): string {
  return `${hop}: ${reason}`;
}

/** Such a message without the hop, which a report shows before it. */
export function reasonIn(message: string, hop: string): string {
  return withoutStart(message, hopMessage(hop, ''));
}
