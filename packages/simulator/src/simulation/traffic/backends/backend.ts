import type { Outcome } from '../outcomes.js';

/** What a scripted backend does. */
export interface Behavior {
  /** 100 to 599; 200 by default. */
  readonly status?: number | undefined;
  /** Simulated milliseconds until it answers. */
  readonly delayMs?: number | undefined;
  /** It closes the connection without an answer. */
  readonly reset?: boolean | undefined;
  /** By default the text that the echo answers. */
  readonly body?: string | undefined;
}

/** A backend to register: where calls must arrive, and who answers them. */
export interface BackendSpec {
  /** A private address; or the host name of a public endpoint, which tests of methods call (`TestInvokeMethod`). */
  readonly address?: string | undefined;
  /** The ID of an instance, in place of the address. */
  readonly instance?: string | undefined;
  /** `shop/orders`: a cluster and a service of ECS, in place of the address. It answers at the addresses of all tasks. */
  readonly service?: string | undefined;
  readonly port: number;
  /** The VPC, where several have the address. */
  readonly network?: string | undefined;
  /** `http://127.0.0.1:9001`: a server on a loopback address. */
  readonly url?: string | undefined;
  /** In place of `url`. */
  readonly behavior?: Behavior | undefined;
}

/** A registered backend. */
export interface Backend extends BackendSpec {
  /** Counts from 1: the name under which it is removed. */
  readonly number: number;
}

/** A request as it arrives at a backend. */
export interface BackendRequest {
  readonly address: string;
  readonly port: number;
  /** The instance that has the address, where it is known. */
  readonly instance?: string | undefined;
  /** The service of ECS, of which a task has the address. */
  readonly service?: string | undefined;
  /** The VPC that the address is in. */
  readonly network?: string | undefined;
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  /** Those that the real gateway sends. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What the simulator adds: the address that the backend sees as its peer, and the way. */
  readonly source: string;
  readonly link: string;
  readonly gateway: string;
  readonly target: string;
  /** A load balancer in front that speaks HTTP: how long it waits, and what it makes of what the backend does. */
  readonly balancer?:
    { readonly idleMs: number; readonly answer: (result: BackendResult) => BackendResult } | undefined;
  /** Why a load balancer has closed the connection to the backend; asked when an answer arrives that took time. */
  readonly closed?: (() => string | undefined) | undefined;
}

/** What a backend did, and how long it took, in milliseconds. */
export interface Asked {
  readonly result: BackendResult;
  readonly tookMs: number;
}

/** What a backend did. */
export type BackendResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly body: string | Uint8Array;
      /** The body, as it arrives, in place of `body`: where the gateway streams, and the backend is a server of the user's own. */
      readonly stream?: AsyncIterable<Uint8Array> | undefined;
      /** Where a load balancer made the answer in place of the backend: what became of the call, and why. */
      readonly outcome?: Outcome | undefined;
      readonly because?: string | undefined;
    }
  /** It did not answer within the time that the gateway allows. */
  | { readonly kind: 'timeout' }
  /** The connection was refused or broke. */
  | { readonly kind: 'reset'; readonly because: string };

/** Headers of an answer: several values of one name are a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What a health check of a place meets. */
export interface Condition {
  /** Whether connections are accepted. */
  readonly answers: boolean;
  /** The status of every answer. */
  readonly status: number;
  /** Simulated milliseconds until it answers. */
  readonly delayMs: number;
}

/** A condition, since when (simulated milliseconds since the epoch), and the one before. */
export interface ConditionHistory extends Condition {
  readonly since: number;
  readonly before?: ConditionHistory | undefined;
}

/** What answers where nothing is registered: the echo. */
export const WELL: ConditionHistory = { answers: true, status: 200, delayMs: 0, since: -Infinity };

/** Whether health by this history changes as time passes, without another change of the world. */
export function isSettled({ since, before }: ConditionHistory): boolean {
  return since === -Infinity && before === undefined;
}

/** How health checks decide. */
export interface HealthCheck {
  readonly passes: (condition: Condition) => boolean;
  /** From the first failed check until a target counts as unhealthy, and back; simulated milliseconds. */
  readonly unhealthyMs: number;
  readonly healthyMs: number;
}

/** The condition by which a target counts as unhealthy at a moment; undefined while it counts as healthy. */
export function failingCondition(history: ConditionHistory, check: HealthCheck, now: number): Condition | undefined {
  const { before, since } = history;
  if (!check.passes(history)) {
    if (now - since >= check.unhealthyMs) return history;

    return before && failingCondition(before, check, since);
  }

  const failing = before && failingCondition(before, check, since);
  return failing && now - since < check.healthyMs ? failing : undefined;
}
