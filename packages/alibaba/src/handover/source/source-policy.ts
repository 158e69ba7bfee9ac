import type { Json } from '@postern/core/adapter';

/** A plug-in, with what it is attached to in this group. */
export interface SourcePlugin {
  readonly id: string;
  readonly name: string;
  /** `jwtAuth`. */
  readonly type: string;
  /** Parsed, without secrets; null where it is neither YAML nor JSON. */
  readonly body: Json;
  readonly uses: readonly PolicyUse[];
}

/** Where a policy applies. */
export interface PolicyUse {
  readonly stage: string;
  /** Undefined: all APIs of the group. */
  readonly apiId?: string | undefined;
}

/** A throttling policy that is bound to APIs: the older form of the plug-in `trafficControl`. */
export interface SourceThrottle {
  readonly id: string;
  readonly name: string;
  readonly unit: 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY';
  /** Calls of the API in a unit. */
  readonly perApi?: number | undefined;
  readonly perUser?: number | undefined;
  readonly perApp?: number | undefined;
  /** Apps and users with a limit of their own. */
  readonly special: readonly { readonly kind: 'app' | 'user'; readonly key: string; readonly limit: number }[];
  readonly uses: readonly PolicyUse[];
}

/** An IP access control policy that is bound to APIs. */
export interface SourceIpControl {
  readonly id: string;
  readonly name: string;
  readonly allows: boolean;
  /** An entry with an app holds for its calls only. */
  readonly entries: readonly { readonly block: string; readonly appId?: string | undefined }[];
  readonly uses: readonly PolicyUse[];
}

/** A key that signs the calls of APIs towards the backend. */
export interface SourceSignature {
  readonly id: string;
  readonly name: string;
  readonly uses: readonly PolicyUse[];
}

/** An app that may call an API of the group. Its secrets are never part of a source. */
export interface SourceApp {
  readonly id: string;
  readonly name: string;
  /** AppKey. It is sent in clear with each call, and is not a secret. */
  readonly key?: string | undefined;
  readonly disabled: boolean;
  /** Whether the account may read its secret: an app of another account has none that could be carried over. */
  readonly secret: 'readable' | 'unreadable' | 'not-read';
}
