import type { TargetGateway } from '../assess/view.js';

/** What is on the target: read after a hand-over, or after the provider's own tool. Plain JSON without secrets. */
export interface TargetState {
  readonly gateway: TargetGateway;
  readonly apis: readonly TargetApi[];
  /** All domains of the account. */
  readonly domains: readonly TargetDomain[];
  /** All consumers of the account. */
  readonly consumers: readonly TargetConsumer[];
}

/** An HTTP API of the gateway, with its routes or operations. */
export interface TargetApi {
  readonly id: string;
  readonly name: string;
  /** `Rest`, `Http`. */
  readonly type: string;
  /** `/`, or what its operations begin with. */
  readonly basePath: string;
  readonly entries: readonly TargetEntry[];
}

/** A route, or an operation. */
export interface TargetEntry {
  readonly name: string;
  /** None: all. */
  readonly methods: readonly string[];
  /** An operation has a path with braces: `/orders/{id}`. */
  readonly path: { readonly type: 'Exact' | 'Prefix' | 'Regex' | 'Operation'; readonly value: string };
  /** Undefined: the list does not say it. */
  readonly deployed?: boolean | undefined;
}

/** A domain that exists at the gateway that is moved to. */
export interface TargetDomain {
  readonly name: string;
  readonly protocol: string;
  readonly certificate?: string | undefined;
  readonly forceHttps: boolean;
  readonly mutualTls: boolean;
}

/** A consumer that exists at the gateway that is moved to. */
export interface TargetConsumer {
  readonly name: string;
  readonly enabled: boolean;
  /** AppKeys. Undefined: not read. */
  readonly keys?: readonly string[] | undefined;
}
