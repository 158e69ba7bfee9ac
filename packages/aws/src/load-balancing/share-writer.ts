import { isPosternError, type MoveUnit, type ShareWriter } from '@postern/core/internal/adapter';
import type { CallContext } from '@postern/core/internal/library';
import type { WeighedAction } from '@postern/core/internal/snapshot';
import type { Session } from '../client/session.js';
import { listEcsServices, toServiceRegistrar } from './registrar/ecs-service.js';

/** The ECS service whose deployments write the weights of an action. ECS does not look at them before that. */
export async function writerOf(
  session: Session,
  { gateway, shift }: MoveUnit,
  ctx: CallContext,
): Promise<ShareWriter | undefined> {
  const { part } = shift ?? {};
  const isOwn = async ({ id, listenerId }: WeighedAction): Promise<boolean> => {
    if (part !== undefined || listenerId !== gateway.id) return id === (part ?? gateway.id);

    const { Rules: [rule] = [] } = await session.call(ctx, 'elasticloadbalancing', 'DescribeRules', { RuleArns: [id] });
    return rule?.IsDefault === true;
  };
  try {
    for (const { id, name = id, strategy = '', weighs = [] } of (await listEcsServices(session, ctx)).map(
      toServiceRegistrar,
    ))
      for (const one of weighs) if (await isOwn(one)) return { id, name: `ECS service ${name}`, strategy };
    return undefined;
  } catch (error) {
    if (isPosternError(error, 'PERMISSION_DENIED')) return { unread: error.message };

    throw error;
  }
}
