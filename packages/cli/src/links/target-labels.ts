import { isPosternError, type CallContext, type Driver } from '@postern/core';
import { targetLabel } from '@postern/core/report';

/**
 * Targets by their usual names (`orders-alb:80`), by id. A target that cannot be read keeps the label that
 * follows from its id.
 */
export async function targetLabels(
  { targets }: Driver,
  ids: readonly string[],
  context: CallContext,
): Promise<ReadonlyMap<string, string>> {
  const arns = [...new Set(ids)].filter((id) => id.startsWith('arn:'));
  const labels = await Promise.all(
    arns.map(async (id) => {
      const ref = /:servicediscovery:/.test(id) ? { service: id } : { listener: id };
      try {
        const { name, port } = await targets.resolve(ref, {}, context);
        return [id, targetLabel({ id, name, port })] as const;
      } catch (error) {
        if (!isPosternError(error)) throw error;
        return [id, targetLabel({ id })] as const;
      }
    }),
  );
  return new Map(labels);
}
