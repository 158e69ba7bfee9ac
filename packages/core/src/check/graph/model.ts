import type { Verdict } from '../../do/findings/finding.js';

/** What a plan does with a resource. */
export type Change = 'added' | 'changed' | 'removed';

/** A mark of a node or an edge: the verdict of checks, or a change of a plan. A pass has none. */
export type Mark = Exclude<Verdict, 'pass'> | Change;

/** What a node shows; a step is what a plan does. */
export type NodeKind =
  | 'domain'
  | 'gateway'
  | 'route'
  | 'link'
  | 'subnet'
  | 'group'
  | 'balancer'
  | 'target'
  | 'backend'
  | 'hop'
  | 'place'
  | 'step';

/** A box of a graph: a gateway, a link, a target, … */
export interface GraphNode {
  /** Unique in the graph. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Any text: writers escape it. */
  readonly label: string;
  /** Of a step: what it does, for steps that are drawn as one: `create route`. */
  readonly does?: string | undefined;
  /** A second line: an ID, a block. */
  readonly detail?: string | undefined;
  readonly mark?: Mark | undefined;
  /** Why it has its mark. */
  readonly note?: string | undefined;
  /** Of a route: the ID of the node that its calls lead to. */
  readonly target?: string | undefined;
  /** In a picture: how many this box stands for, and the labels of some. */
  readonly count?: number | undefined;
  readonly examples?: readonly string[] | undefined;
}

/** A line of a graph: what leads to what. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string | undefined;
  readonly mark?: Mark | undefined;
  /** No direction: where a link is located, and what guards it. */
  readonly isAside?: true | undefined;
}

/** A picture, before it is laid out. */
export interface Graph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Long chains are laid out from top to bottom, all else from left to right. */
  readonly isDown?: true | undefined;
}
