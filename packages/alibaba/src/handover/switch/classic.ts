import type { CallContext } from '@postern/core';
import type { SourceInstance } from '../source/source.js';
import type { HandoverSwitchDriver } from './dns.js';
import type { HandoverFigures } from './figures.js';

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
}

/** What the end of a hand-over needs of the classic service. Deleting what is gone succeeds. */
export interface ClassicSide {
  /** Undefined: the group does not exist any more. */
  readonly group: (groupId: string, ctx: CallContext) => Promise<ClassicGroup | undefined>;
  /** Takes an API off a stage. It can be published again. */
  readonly takeOffline: (
    api: { readonly groupId: string; readonly apiId: string; readonly stage: string },
    ctx: CallContext,
  ) => Promise<void>;
  readonly deleteApi: (groupId: string, apiId: string, ctx: CallContext) => Promise<void>;
  readonly unbindDomain: (groupId: string, domain: string, ctx: CallContext) => Promise<void>;
  readonly deleteGroup: (groupId: string, ctx: CallContext) => Promise<void>;
}

/** A driver that can also delete what is left on the classic side, and reads what the cloud counts of calls. */
export type HandoverFinishDriver = HandoverSwitchDriver & {
  readonly classic: ClassicSide;
  readonly figures: HandoverFigures;
};
