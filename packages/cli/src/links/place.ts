import type { CallContext, LinkKind, LinkSpec, PrivateIntegrations, Spec } from '@postern/core/internal/library';
import type { CommonOptions } from '../invocation.js';
import type { revoke } from '../commands/links/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** Options of commands that are about one link, or all of a region. */
export type PlaceOptions = CommonOptions & OptionsOf<typeof revoke>;

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
