import { CloudError, unlessGone } from '@postern/core/internal/adapter';
import type { FoundObject, HandoverKind } from '../../run/driver.js';
import { listApig } from '../../../../client/lists.js';
import { sent } from '../../../../client/plain.js';
import { readAppKey, tokenIdentity } from '../source/source-apps.js';
import { environmentIn, keptFor, markOf, REMOVED, type At, type KindMethods } from './kind.js';

/** Consumers with the key and the secret of their app. The secret is read, sent and dropped. */
export const consumerKind: KindMethods<'consumer'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place, session, ctx, fresh } = at;
    const list = () => listApig(session, ctx, 'consumers', 'ListConsumers');
    const rows = await place.once('consumers', list, fresh);
    const row = rows.find(({ name }) => name === object.name);
    if (row?.consumerId === undefined) return undefined;

    const { enable, akSkIdentityConfigs = [] } = await session.apig(ctx, 'GetConsumer', {
      path: { consumerId: row.consumerId },
    });
    const { key, enabled, pluginId } = object.planned;
    const isOurs = row.description === markOf(at);
    const differs = [
      ...(enable === undefined || enable === enabled ? [] : ['enable']),
      ...(key === undefined || akSkIdentityConfigs.some(({ ak }) => ak === key) ? [] : ['ak']),
      // Keys of tokens may be secrets, and are not compared.
      ...(pluginId === undefined || isOurs ? [] : ['jwtIdentityConfig']),
    ];
    return { id: row.consumerId, differs, isOurs };
  },
  create: async (at) => {
    const { object, session, ctx } = at;
    const body = {
      name: object.name,
      gatewayType: 'API',
      enable: object.planned.enabled,
      description: markOf(at),
      ...(await identityOf(at)),
    };
    const { consumerId } = await session.apig(ctx, 'CreateConsumer', { body });
    return sent(consumerId, 'consumerId', 'CreateConsumer', true);
  },
  remove: async (at, consumerId) => {
    const { object, place, session, ctx } = at;
    const routes = object.planned.routes.filter((route) => place.knows('route', route));
    const own = new Set(routes.map((route) => place.idOf('route', route)));
    const rules = (await rulesOf(at, consumerId)).filter((rule) => rule.consumerId === consumerId);
    if (rules.some(({ resourceId = '' }) => !own.has(resourceId))) {
      return keptFor('it is authorized for routes that this hand-over did not create');
    }

    await deleteRules(
      at,
      rules.flatMap(({ consumerAuthorizationRuleId: id }) => id ?? []),
    );
    await unlessGone(session.apig(ctx, 'DeleteConsumer', { path: { consumerId } }));
    return REMOVED;
  },
};

/** The key and the secret of an app, or the keys of tokens. */
async function identityOf({ object, session, ctx }: At<'consumer'>) {
  const { appId, key, pluginId } = object.planned;
  if (pluginId !== undefined) return { jwtIdentityConfig: await tokenIdentity(session, pluginId, ctx) };

  const app = appId === undefined ? undefined : await readAppKey(session, appId, ctx);
  if (app === undefined || (key !== undefined && app.key !== key)) {
    throw new CloudError('WORLD_MOVED', `the key of app ${appId} changed, or its secret cannot be read`, {
      operation: 'DescribeAppSecurity',
      remedy: 'Plan the hand-over again.',
    });
  }

  return { akSkIdentityConfigs: [{ type: 'AkSk', generateMode: 'Custom', ak: app.key, sk: app.secret }] };
}

const rulesOf = ({ session, ctx }: Pick<At<HandoverKind>, 'session' | 'ctx'>, consumerId: string) =>
  listApig(session, ctx, `authorizations of ${consumerId}`, 'QueryConsumerAuthorizationRules', {
    query: { consumerId },
  });

/** One after the other: of several in one call, one that is gone would refuse the others. */
async function deleteRules({ session, ctx }: Pick<At<HandoverKind>, 'session' | 'ctx'>, ids: readonly string[]) {
  for (const consumerAuthorizationRuleIds of ids) {
    const query = { consumerAuthorizationRuleIds };
    await unlessGone(session.apig(ctx, 'BatchDeleteConsumerAuthorizationRule', { query }));
  }
}

/** That a consumer may call routes, which have to be published before. Its ID is those of its rules, with commas. */
export const authorizationKind: KindMethods<'authorization'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const ids = await ruleIds(at);
    return ids.includes(undefined) ? undefined : { id: ids.join(','), differs: [], isOurs: true };
  },
  create: async (at) => {
    const { object, place, session, ctx } = at;
    const known = await ruleIds(at);
    const environmentId = await environmentIn(at);
    const rules = object.routes
      .filter((_route, index) => known[index] === undefined)
      .map((route) => ({
        consumerId: place.idOf('consumer', object.consumer),
        principalType: 'Consumer',
        resourceType: 'HttpApiRoute',
        expireMode: 'LongTerm',
        resourceIdentifier: { resourceId: place.idOf('route', route), parentResourceId: place.apiId, environmentId },
      }));
    const operation = 'CreateConsumerAuthorizationRules';
    const { consumerAuthorizationRuleIds } = await session.apig(ctx, operation, {
      body: { authorizationRules: rules },
    });
    const created = sent(consumerAuthorizationRuleIds, 'consumerAuthorizationRuleIds', operation, true);
    return [...known.flatMap((id) => id ?? []), ...created].join(',');
  },
  remove: async (at, ids) => {
    await deleteRules(at, ids.split(','));
    return REMOVED;
  },
};

/** The rules of an authorization, in the order of its routes; undefined: there is none for the route. */
async function ruleIds(at: At<'authorization'>): Promise<readonly (string | undefined)[]> {
  const { object, place, fresh = false } = at;
  const { consumer, routes } = object;
  const isNew = place.isNew('consumer', consumer) || routes.every((route) => place.isNew('route', route));
  if (isNew && !fresh) return routes.map(() => undefined);

  const consumerId = place.idOf('consumer', consumer);
  const what = `authorizations of ${consumer}`;
  const rows = await place.once(what, () => rulesOf(at, consumerId), fresh);
  return routes.map((route) => {
    const resourceId = place.idOf('route', route);
    return rows.find((row) => row.consumerId === consumerId && row.resourceId === resourceId)
      ?.consumerAuthorizationRuleId;
  });
}
