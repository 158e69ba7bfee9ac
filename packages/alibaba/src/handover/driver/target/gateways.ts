import { CloudError, unlessGone } from '@postern/core/adapter';
import type { FoundObject } from '../../run/driver.js';
import { getGateway, listGateways, tagsOf } from '../../../apig/gateway.js';
import { gatewayOf, listHttpApis, listRoutes } from '../../../apig/http-api.js';
import { listServices } from '../../../apig/services.js';
import { sent } from '../../../client/plain.js';
import { vSwitchesById } from '../../../network/network.js';
import { keptFor, REMOVED, shortId, type At, type KindMethods } from './kind.js';

/** The tag of a gateway that a hand-over bought: its ID and the stage. */
const TAG = 'postern:handover';

const tagValue = ({ place }: At<'gateway'>): string => `${shortId(place)} ${place.stage}`;

/** Gateways: one that exists, or one that is bought. The purchase takes no token, so its mark is in the same call. */
export const gatewayKind: KindMethods<'gateway'> = {
  find: async (at): Promise<FoundObject | undefined> => {
    const { planned } = at.object;
    const { session, ctx } = at;
    if ('adopt' in planned) {
      const row = await getGateway(session, planned.adopt, ctx);
      return row && { id: planned.adopt, differs: [], isOurs: true };
    }
    const rows = await listGateways(session, ctx);
    const row = rows.find((one) => tagsOf(one)[TAG] === tagValue(at) && !/^Deleting$/.test(one.status ?? ''));
    if (row?.gatewayId === undefined) return undefined;
    const differs = row.vpc?.vpcId === undefined || row.vpc.vpcId === planned.purchase.vpcId ? [] : ['vpcId'];
    return { id: row.gatewayId, differs, isOurs: true };
  },
  create: async (at) => {
    const { object, session, ctx } = at;
    if ('adopt' in object.planned) throw missing(object.planned.adopt);
    const { name, spec, vpcId, vSwitchIds, access, chargeType } = object.planned.purchase;
    const rows = await vSwitchesById(session, ctx, vSwitchIds);
    const zones = vSwitchIds
      .flatMap((id) => rows.filter((row) => row.id === id))
      .map(({ id, zone }) => ({ zoneId: zone, vSwitchId: id }));
    const [vSwitchId] = vSwitchIds;
    const { gatewayId } = await session.apig(ctx, 'CreateGateway', {
      body: {
        name,
        gatewayType: 'API',
        gatewayEdition: 'Professional',
        spec,
        chargeType,
        vpcId,
        zoneConfig:
          zones.length > 1 ? { selectOption: 'Manual', vSwitchId, zones } : { selectOption: 'Auto', vSwitchId },
        networkAccessConfig: { type: access },
        tag: [{ key: TAG, value: tagValue(at) }],
      },
    });
    return sent(gatewayId, 'gatewayId', 'CreateGateway', true);
  },
  remove: async ({ object, session, ctx }, gatewayId) => {
    if ('adopt' in object.planned) return keptFor('it existed before the hand-over');
    const [service] = await listServices(session, gatewayId, ctx);
    if (service !== undefined) return keptFor(`it has the service ${service.name}, which others may use`);
    const apis = await listHttpApis(session, ctx);
    for (const { httpApiId = '', name = '' } of apis) {
      const routes = (await unlessGone(listRoutes(session, httpApiId, ctx))) ?? [];
      if (routes.some((row) => gatewayOf(row) === gatewayId)) return keptFor(`it has routes of the HTTP API ${name}`);
    }
    await unlessGone(session.apig(ctx, 'DeleteGateway', { path: { gatewayId } }));
    return REMOVED;
  },
  settle: async ({ session, ctx }, id) => {
    const row = await getGateway(session, id, ctx);
    if (row === undefined) throw missing(id);
    const { status = '' } = row;
    if (status === 'Running') return 'done';
    if (/Creating|Upgrading|Restarting/.test(status)) return 'pending';
    throw new CloudError('WAIT_FAILED', `gateway ${id} is ${status}`, {
      operation: 'GetGateway',
      remedy: 'Look at it in the console: only a gateway that is Running can be the target.',
    });
  },
};

const missing = (id: string): CloudError =>
  new CloudError('NOT_FOUND', `gateway ${id} does not exist`, { operation: 'GetGateway' });
