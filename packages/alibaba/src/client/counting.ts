import type { Session } from './session.js';

/** A session that counts its calls, by action. */
export function counting(session: Session): {
  readonly session: Session;
  readonly counts: ReadonlyMap<string, number>;
} {
  const counts = new Map<string, number>();
  return {
    counts,
    session: {
      ...session,
      call: (ctx, product, action, query, kind) => {
        counts.set(action, (counts.get(action) ?? 0) + 1);
        return session.call(ctx, product, action, query, kind);
      },
      apig: (ctx, operation, request, kind) => {
        counts.set(operation, (counts.get(operation) ?? 0) + 1);
        return session.apig(ctx, operation, request, kind);
      },
    },
  };
}
