import { worseMark } from './merge.js';
import type { Graph, GraphEdge, GraphNode, Mark, NodeKind } from './model.js';

/** Collects nodes and edges, each once. */
export class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();

  /** Adds a node, unless it exists. @returns its ID */
  node(node: GraphNode): string {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
    return node.id;
  }

  /** Adds an edge, unless it exists. */
  edge(edge: GraphEdge): void {
    const key = JSON.stringify([edge.from, edge.to]);
    if (!this.#edges.has(key)) this.#edges.set(key, edge);
  }

  /** Whether it has a node with this ID. */
  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  /** Marks a node, where it exists. Of several marks the worst counts, with its note. */
  mark(id: string, mark: Mark, note?: string): void {
    const node = this.#nodes.get(id);
    if (node === undefined) return;

    const worse = worseMark(node.mark, mark);
    if (worse !== node.mark) this.#nodes.set(id, { ...node, mark: worse, note });
  }

  /** Marks an edge, where it exists. */
  markEdge(from: string, to: string, mark: Mark): void {
    const key = JSON.stringify([from, to]);
    const edge = this.#edges.get(key);
    if (edge !== undefined) this.#edges.set(key, { ...edge, mark: worseMark(edge.mark, mark) });
  }

  graph(title: string, direction: Pick<Graph, 'isDown'> = {}): Graph {
    return { title, ...direction, nodes: [...this.#nodes.values()], edges: [...this.#edges.values()] };
  }
}

/** The colors of a picture on white: of pages and their text, and of each mark with its fill. */
export const COLORS = {
  paper: '#ffffff',
  ink: '#1f2328',
  dim: '#57606a',
  line: '#6e7781',
  gate: '#eaf2fd',
  link: '#f1edfc',
  bad: '#a40e26',
  'bad-fill': '#ffefed',
  open: '#6b4700',
  'open-fill': '#fff7e0',
  good: '#0f5a2c',
  'good-fill': '#eaf8ee',
  new: '#0a4c9b',
  'new-fill': '#e8f2ff',
} as const;

/** The same on dark pages. */
const DARK: Readonly<Record<keyof typeof COLORS, string>> = {
  paper: '#15181d',
  ink: '#e8ecf1',
  dim: '#a3adb8',
  line: '#8b949e',
  gate: '#1a2940',
  link: '#272040',
  bad: '#ffa198',
  'bad-fill': '#3b1719',
  open: '#f5cf70',
  'open-fill': '#32280d',
  good: '#84e0a3',
  'good-fill': '#12301d',
  new: '#96c8ff',
  'new-fill': '#14263f',
};

/** The colors as variables of CSS: on light pages, and on dark ones. */
export const LIGHT_VARIABLES = variables(COLORS);
export const DARK_VARIABLES = variables(DARK);

function variables(colors: Readonly<Record<string, string>>): string {
  return Object.entries(colors)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(' ');
}

const OF_MARK = { fail: 'bad', removed: 'bad', unknown: 'open', added: 'good', changed: 'new' } as const;

/** The color of a mark's lines and text. */
export function markColor(mark: Mark): string {
  return COLORS[OF_MARK[mark]];
}

export function fillColor(kind: NodeKind, mark: Mark | undefined): string {
  if (mark !== undefined) return COLORS[`${OF_MARK[mark]}-fill`];

  return kind === 'gateway' || kind === 'domain' ? COLORS.gate : kind === 'link' ? COLORS.link : COLORS.paper;
}
