import type { CallContext } from '@postern/core/internal/library';
import type { SourceInstance } from '../source/source.js';

/** What is left of a group of the classic service. */
export interface ClassicGroup {
  readonly id: string;
  readonly name: string;
  readonly apis: readonly ClassicApi[];
  /** Custom domains that are bound to it. */
  readonly domains: readonly string[];
  /** Undefined: it was not read. */
  readonly instance?: ClassicInstance | undefined;
}

/** An API of it, with the stages on which it is published. */
export interface ClassicApi {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly string[];
}

/** The instance that serves the group. */
export interface ClassicInstance extends Pick<SourceInstance, 'id' | 'kind' | 'paidUntil'> {
  /** How many other groups are on it. */
  readonly otherGroups: number;
  /** Its state in the cloud's words, where calls are not served in it. */
  readonly unusable?: string | undefined;
}

/** What the end of a hand-over needs of the classic service. Deleting what is gone succeeds. */
export interface ClassicSide {
  /** Undefined: the group does not exist any more. */
  readonly group: (groupId: string, ctx: CallContext) => Promise<ClassicGroup | undefined>;
  /** The names of the authorizations by which APIs of the account reach backends in VPCs. */
  readonly accesses: (ctx: CallContext) => Promise<readonly string[]>;
  /** Takes an API off a stage. It can be published again. */
  readonly takeOffline: (
    api: { readonly groupId: string; readonly apiId: string; readonly stage: string },
    ctx: CallContext,
  ) => Promise<void>;
  readonly deleteApi: (groupId: string, apiId: string, ctx: CallContext) => Promise<void>;
  readonly unbindDomain: (groupId: string, domain: string, ctx: CallContext) => Promise<void>;
  readonly deleteGroup: (groupId: string, ctx: CallContext) => Promise<void>;
}
