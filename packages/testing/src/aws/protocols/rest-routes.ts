import type { OperationModel } from './shapes.js';

interface Node {
  readonly literals: Map<string, Node>;
  label: { readonly name: string; readonly node: Node } | undefined;
  readonly methods: Map<string, OperationModel>;
}

/** The operation of a path. */
export interface RouteMatch {
  readonly model: OperationModel;
  /** Values of the path's labels, percent-decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Finds the operation of a method and path among templates such as `/v2/apis/{ApiId}/routes/{RouteId}`. */
export class RestRoutes {
  readonly #root = newNode();

  constructor(operations: Iterable<OperationModel>) {
    for (const model of operations) {
      const [method, path] = model.traits.http ?? [];
      if (method !== undefined && path !== undefined) this.#add(method, path, model);
    }
  }

  /** The operation, or `undefined`. Labels are never empty. */
  find(method: string, path: string): RouteMatch | undefined {
    const values: string[] = [];
    const names: string[] = [];
    let node: Node | undefined = this.#root;
    for (const segment of segments(path)) {
      const literal: Node | undefined = node.literals.get(segment);
      if (literal) {
        node = literal;
        continue;
      }
      if (!node.label || segment === '') return undefined;
      names.push(node.label.name);
      values.push(segment);
      node = node.label.node;
    }
    const model = node.methods.get(method);
    if (!model) return undefined;
    const labels: Record<string, string> = {};
    try {
      names.forEach((name, index) => (labels[name] = decodeURIComponent(values[index] ?? '')));
    } catch {
      return undefined; // a percent sign followed by no UTF-8
    }
    return { model, labels };
  }

  #add(method: string, path: string, model: OperationModel): void {
    let node = this.#root;
    for (const segment of segments(path)) {
      const [, name] = /^\{(\w+)\+?\}$/.exec(segment) ?? [];
      if (name === undefined) {
        const next = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
        node = next;
      } else {
        node.label ??= { name, node: newNode() };
        node = node.label.node;
      }
    }
    node.methods.set(method, model);
  }
}

const newNode = (): Node => ({ literals: new Map(), label: undefined, methods: new Map() });

function segments(path: string): string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/');
}
