import type { AlibabaApi } from '../../src/index.js';

/** Names by what is below them; list indices are left out. */
export type Names = Map<string, Names>;

/** What one action was ever sent, and which of its answers' members were ever read. */
export interface RecordedCall {
  readonly product: string;
  readonly action: string;
  readonly sent: Names;
  readonly read: Names;
}

/** Members that the language itself reads. */
const SILENT = new Set([
  'then',
  'toJSON',
  'constructor',
  'length',
  'asymmetricMatch',
  'nodeType',
  '$$typeof',
  '@@__IMMUTABLE_ITERABLE__@@',
]);

/** A client that notes every name that goes out in a query, and every one that is read from an answer. */
export function recorder(api: AlibabaApi) {
  const calls = new Map<string, RecordedCall>();
  return {
    calls: () => [...calls.values()],
    api: {
      call: async (params, query, options) => {
        const key = `${params.product} ${params.action}`;
        const call = calls.get(key) ?? {
          product: params.product,
          action: params.action,
          sent: new Map(),
          read: new Map(),
        };
        calls.set(key, call);
        note(call.sent, query);
        const answer = await api.call(params, query, options);
        return { ...answer, body: watched(answer.body, call.read) };
      },
    } satisfies AlibabaApi,
  };
}

function note(names: Names, value: unknown): void {
  if (Array.isArray(value)) for (const item of value) note(names, item);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (item !== undefined) note(below(names, name), item);
    }
  }
}

function below(names: Names, name: string): Names {
  const known = names.get(name) ?? new Map<string, Names>();
  names.set(name, known);
  return known;
}

function watched<T extends object>(value: T, names: Names): T {
  return new Proxy(value, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof name !== 'string' || SILENT.has(name) || typeof member === 'function') return member;
      if (Array.isArray(target)) {
        return typeof member === 'object' && member !== null ? watched(member, names) : member;
      }
      const inner = below(names, name);
      return typeof member === 'object' && member !== null ? watched(member, inner) : member;
    },
  });
}
