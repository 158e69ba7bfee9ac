import { CloudError } from '@postern/core/adapter';
import type { FoundObject } from '@postern/core/handover';
import { environmentOf, requireGateway } from '../../apig/gateway.js';
import { listAll } from '../../apig/pages.js';
import { sent } from '../../client/plain.js';
import { readAppKey } from '../app-key.js';
import { markOf, type KindMethods } from './kind.js';

/** Consumers with the key and the secret of their app. The secret is read, sent and dropped. */
export const consumerKind: KindMethods<'consumer'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, session, ctx } = at;
    const query = { nameLike: object.name };
    const rows = await listAll(session, ctx, 'ListConsumers', 'consumers', ({ consumerId = '' }) => consumerId, {
      query,
    });
    const row = rows.find(({ name }) => name === object.name);
    if (row?.consumerId === undefined) return undefined;
    const { enable, akSkIdentityConfigs = [] } = await session.apig(ctx, 'GetConsumer', {
      path: { consumerId: row.consumerId },
    });
    const { key, enabled } = object.planned;
    const differs = [
      ...(enable === undefined || enable === enabled ? [] : ['enable']),
      ...(key === undefined || akSkIdentityConfigs.some(({ ak }) => ak === key) ? [] : ['ak']),
    ];
    return { id: row.consumerId, differs, isOurs: row.description === markOf(at) };
  },
  create: async (at) => {
    const { object, session, ctx } = at;
    const { appId, key, enabled } = object.planned;
    const app = await readAppKey(session, appId, ctx);
    if (app === undefined || (key !== undefined && app.key !== key)) {
      throw new CloudError('WORLD_MOVED', `the key of app ${appId} changed, or its secret cannot be read`, {
        operation: 'DescribeAppSecurity',
        remedy: 'Plan the hand-over again.',
      });
    }
    const body = {
      name: object.name,
      gatewayType: 'API',
      enable: enabled,
      description: markOf(at),
      akSkIdentityConfigs: [{ type: 'AkSk', generateMode: 'Custom', ak: app.key, sk: app.secret }],
    };
    const { consumerId } = await session.apig(ctx, 'CreateConsumer', { body });
    return sent(consumerId, 'consumerId', 'CreateConsumer', true);
  },
};

/** That a consumer may call a route, which has to be published before. */
export const authorizationKind: KindMethods<'authorization'> = {
  find: async ({ object, place, session, ctx }): Promise<FoundObject | undefined> => {
    const consumerId = place.idOf('consumer', object.consumer);
    const resourceId = place.idOf('route', object.route);
    const rows = await listAll(
      session,
      ctx,
      'QueryConsumerAuthorizationRules',
      `authorizations of ${object.consumer}`,
      (row) => row.consumerAuthorizationRuleId ?? '',
      { query: { consumerId, resourceId } },
    );
    const row = rows.find((one) => one.consumerId === consumerId && one.resourceId === resourceId);
    return row?.consumerAuthorizationRuleId === undefined
      ? undefined
      : { id: row.consumerAuthorizationRuleId, differs: [], isOurs: true };
  },
  create: async ({ object, place, session, ctx }) => {
    const gateway = await requireGateway(session, place.gatewayId, ctx);
    const rule = {
      consumerId: place.idOf('consumer', object.consumer),
      principalType: 'Consumer',
      resourceType: 'HttpApiRoute',
      expireMode: 'LongTerm',
      resourceIdentifier: {
        resourceId: place.idOf('route', object.route),
        parentResourceId: place.apiId,
        environmentId: environmentOf(gateway),
      },
    };
    const { consumerAuthorizationRuleIds } = await session.apig(ctx, 'CreateConsumerAuthorizationRules', {
      body: { authorizationRules: [rule] },
    });
    return sent(
      consumerAuthorizationRuleIds?.[0],
      'consumerAuthorizationRuleIds',
      'CreateConsumerAuthorizationRules',
      true,
    );
  },
};
