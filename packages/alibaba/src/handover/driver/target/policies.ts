import { canonicalJson, CloudError, unlessGone, type Json } from '@postern/core/adapter';
import type { FoundObject } from '../../run/driver.js';
import { listAll } from '../../../apig/pages.js';
import { numberOf } from '../../../client/plain.js';
import { definitionKey } from '../source/definitions.js';
import { markOf, REMOVED, type At, type KindMethods } from './kind.js';
import { policyConfig, type ClassicValues } from './policy-config.js';

const TYPES = { service: 'GatewayService', route: 'GatewayRoute' } as const;

/** Policies, each created and attached in one call. A change is in effect without another publication [I]. */
export const policyKind: KindMethods<'policy'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { object, place, session, ctx, fresh = false } = at;
    if (!fresh && place.isNew(object.on, object.of)) return undefined;
    const query = { attachResourceId: resourceOf(at), attachResourceType: TYPES[object.on] };
    // For each route: that the list of all policies has more than one page is not in the official models.
    const what = `policies of ${object.on} ${object.of}`;
    const list = () => listAll(session, ctx, 'ListPolicies', what, ({ policyId = '' }) => policyId, { query });
    const rows = await place.once(what, list, fresh);
    const row = rows.find((one) => one.description === markOf(at));
    if (row?.policyId === undefined) return undefined;
    // Without the classic API there is nothing to compare it with.
    const values = await unlessGone(valuesOf(at));
    const isEqual = values === undefined || isSame(row.config, policyConfig(object.planned, object.route, values));
    return { id: row.policyId, differs: isEqual ? [] : ['config'], isOurs: true };
  },
  create: async (at) => {
    const { object, place, session, ctx } = at;
    const config = policyConfig(object.planned, object.route, await valuesOf(at));
    const { policyId } = await session.apig(
      ctx,
      'CreateAndAttachPolicy',
      {
        body: {
          className: object.planned.class,
          name: object.name,
          description: markOf(at),
          config: JSON.stringify(config),
          attachResourceType: TYPES[object.on],
          attachResourceIds: [resourceOf(at)],
          gatewayId: place.gatewayId,
        },
      },
      'create',
    );
    return policyId ?? object.name;
  },
  remove: async ({ session, ctx }, policyId) => {
    await unlessGone(session.apig(ctx, 'DeleteAndDetachPolicy', { path: { policyId } }));
    return REMOVED;
  },
};

const resourceOf = ({ object, place }: At<'policy'>): string => place.idOf(object.on, object.of);

function isSame(config: string | undefined, wanted: { readonly [name: string]: Json }): boolean {
  if (config === undefined) return true;
  try {
    return canonicalJson(JSON.parse(config) as Json) === canonicalJson(wanted);
  } catch {
    return false;
  }
}

/** Values that may be secrets, read from the classic service where a policy needs them: they go into the call, and nowhere else. */
async function valuesOf({ object, place, session, ctx, definitions }: At<'policy'>): Promise<ClassicValues> {
  const { planned, route } = object;
  if (route === undefined || (planned.valuesOf ?? []).length === 0) return { constants: {} };
  const ids = { GroupId: place.groupId, ApiId: route.apiId, StageName: place.stage };
  const key = definitionKey(route.apiId, place.stage);
  const api = definitions.get(key) ?? (await session.call(ctx, 'CloudAPI', 'DescribeDeployedApi', ids));
  definitions.set(key, api);
  const rows = api.ConstantParameters?.ConstantParameter ?? [];
  const constants = Object.fromEntries(
    rows.map(({ ServiceParameterName = '', ConstantValue = '' }) => [ServiceParameterName, ConstantValue]),
  );
  session.noteSecrets(Object.values(constants));
  const missing =
    planned.class === 'HeaderModify'
      ? (planned.valuesOf ?? []).find((name) => constants[name] === undefined)
      : undefined;
  if (missing !== undefined) {
    throw new CloudError('WORLD_MOVED', `API ${route.apiId} no longer has the constant ${missing}`, {
      operation: 'DescribeDeployedApi',
      remedy: 'Plan the hand-over again.',
    });
  }
  const { MockResult = '', MockStatusCode } = api.ServiceConfig ?? {};
  return { constants, mock: { status: numberOf(MockStatusCode) ?? route.mock?.status ?? 200, body: MockResult } };
}
