import type { CallContext, LinkKind, LinkSpec, PrivateIntegrations, Spec } from '@postern/core';
import type { CommonOptions } from '../invocation.js';

/** Options of commands that are about one link, or all of a region. */
export interface PlaceOptions extends CommonOptions {
  readonly spec?: string | undefined;
  readonly provider?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** The kind of the link: links of different kinds may have one ID or name. */
  readonly kind?: string | undefined;
  readonly project?: string | undefined;
  /** The identity of the spec, where no spec file provides it. */
  readonly specId?: string | undefined;
}

/** Where a link that a command is about is, and what is called there. */
export interface OpenPlace {
  readonly gate: PrivateIntegrations;
  readonly context: CallContext;
  /** The address of the simulator that is called instead of the cloud. */
  readonly simulator?: string | undefined;
  readonly spec?: Spec | undefined;
  /** The kinds of link that may be meant; by default all that the adapter serves. */
  readonly kinds?: readonly LinkKind[] | undefined;
  /** The spec's entry for the link, where it declares one of that name. */
  readonly declared?: LinkSpec | undefined;
}
