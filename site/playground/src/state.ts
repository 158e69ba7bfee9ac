import type { TextName } from './limits.js';

/** What is asked of a spec and a snapshot, in the order of the buttons. */
export const ACTIONS = ['check', 'explain', 'plan', 'graph', 'advise', 'cidr'] as const;
export type Action = (typeof ACTIONS)[number];

/** What a user sees and may change: all of it is in a link to the page. */
export interface State extends Readonly<Record<TextName, string>> {
  /** The sample that it began with. */
  readonly sample: string;
  readonly action: Action;
  /** For `cidr`: the block in which a free one is looked for, and its length. */
  readonly pool: string;
  readonly bits: string;
}

/** A sample: a state, and what it shows. */
export interface Sample extends Omit<State, 'sample'> {
  readonly id: string;
  readonly title: string;
  /** One or two sentences. */
  readonly shows: string;
}

/** The state that a sample begins with. */
export function stateOf({ id, action, spec, snapshot, blocks, pool, bits }: Sample): State {
  return { sample: id, action, spec, snapshot, blocks, pool, bits };
}
