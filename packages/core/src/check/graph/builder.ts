import { worseMark } from './merge.js';
import type { Graph, GraphEdge, GraphNode, Mark } from './model.js';

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
