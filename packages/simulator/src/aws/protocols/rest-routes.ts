import type { WireRequest } from '../../simulation/wire.js';
import type { OperationModel } from './shapes.js';

interface Node {
  readonly literals: Map<string, Node>;
  label: Node | undefined;
  readonly methods: Map<string, Candidate[]>;
}

/**
 * An operation, with the query that its template has (`?mode=import`) and its own names of the labels: two operations
 * may name the same segment differently.
 */
interface Candidate {
  readonly labels: readonly string[];
  readonly query: URLSearchParams;
  readonly model: OperationModel;
}

/** The operation of a path. */
export interface RouteMatch {
  readonly model: OperationModel;
  /** Values of the path's labels, percent-decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Finds the operation of a method and path among templates such as `/v2/apis/{ApiId}/routes/{RouteId}`. A template may
 * have a query, too: `/restapis?mode=import`.
 */
export class RestRoutes {
  readonly #root = newNode();

  constructor(operations: Iterable<OperationModel>) {
    for (const model of operations) {
      const [method, path] = model.traits.http ?? [];
      if (method !== undefined && path !== undefined) this.#add(method, path, model);
    }
  }

  /** The operation of a request, by its name; one that no template has is named by its method and path. */
  identify(request: WireRequest) {
    const { method, path, query } = request;
    const match = this.find(method, path, query);
    return { name: match?.model.name ?? `${method} ${path}`, model: match?.model, source: { request, match } };
  }

  /** The operation, or `undefined`. Labels are never empty. An operation whose query is there comes first. */
  find(method: string, path: string, query = ''): RouteMatch | undefined {
    const values: string[] = [];
    let node: Node | undefined = this.#root;
    for (const segment of segments(path)) {
      const literal: Node | undefined = node.literals.get(segment);
      if (literal) {
        node = literal;
        continue;
      }
      if (!node.label || segment === '') return undefined;

      values.push(segment);
      node = node.label;
    }
    const given = new URLSearchParams(query);
    const fits = (each: Candidate) => [...each.query].every(([key, value]) => given.get(key) === value);
    const candidate = node.methods.get(method)?.find(fits);
    if (!candidate) return undefined;

    const labels: Record<string, string> = {};
    try {
      candidate.labels.forEach((name, index) => (labels[name] = decodeURIComponent(values[index] ?? '')));
    } catch {
      return undefined; // a percent sign followed by no UTF-8
    }
    return { model: candidate.model, labels };
  }

  #add(method: string, template: string, model: OperationModel): void {
    const [path = '', query = ''] = template.split('?');
    const labels: string[] = [];
    let node = this.#root;
    for (const segment of segments(path)) {
      const [, name] = /^\{(\w+)\+?\}$/.exec(segment) ?? [];
      if (name === undefined) {
        const next = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
        node = next;
      } else {
        labels.push(name);
        node.label ??= newNode();
        node = node.label;
      }
    }
    const own = { labels, query: new URLSearchParams(query), model };
    const candidates = [...(node.methods.get(method) ?? []), own];
    node.methods.set(
      method,
      candidates.sort((a, b) => [...b.query].length - [...a.query].length),
    );
  }
}

const newNode = (): Node => ({ literals: new Map(), label: undefined, methods: new Map() });

function segments(path: string): string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/');
}
