import { defined, CloudError, unlessGone } from '@postern/core/internal/adapter';
import type { FoundObject } from '../../run/driver.js';
import { listApig } from '../../../../client/lists.js';
import { getGateway, listGateways, tagsOf, listRules } from '../../../../cloud-native/gateway.js';
import { gatewayOf, listHttpApis, listRoutes } from '../../../../cloud-native/http-api.js';
import { listServices } from '../../../../cloud-native/services.js';
import { sent } from '../../../../client/plain.js';
import { vSwitchesById } from '../../../../network/network.js';
import { keptFor, REMOVED, shortId, type At, type KindMethods, differing } from './kind.js';

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

/** Inbound rules in the groups of backends. The service returns no ID, so that one is known by group, ports and description. */
export const ruleKind: KindMethods<'rule'> = {
  find: async ({ object: { planned }, place, session, ctx, fresh }): Promise<FoundObject | undefined> => {
    const rows = await place.once('rules', () => listRules(session, place.gatewayId, ctx), fresh);
    const row = rows.find((one) => one.securityGroupId === planned.groupId && one.portRange === planned.ports);
    return row && { id: row.securityGroupRuleId ?? planned.description, differs: [], isOurs: true };
  },
  create: async ({ object: { planned }, place, session, ctx }) => {
    const { groupId: securityGroupId, ports, description } = planned;
    const path = { gatewayId: place.gatewayId };
    const body = { securityGroupId, portRanges: [ports], description };
    await session.apig(ctx, 'AddGatewaySecurityGroupRule', { path, body }, 'create');
    return description;
  },
  remove: async ({ object: { planned }, place, session, ctx }) => {
    const { gatewayId } = place;
    const rows = (await listRules(session, gatewayId, ctx)).filter(
      (row) => row.securityGroupId === planned.groupId && row.portRange === planned.ports,
    );
    const own = rows.filter(({ description }) => description === planned.description);
    for (const { securityGroupRuleId: ruleId = '' } of own) {
      const request = { path: { gatewayId, ruleId }, query: { cascadingDelete: true } };
      await unlessGone(session.apig(ctx, 'DeleteGatewaySecurityGroupRule', request));
    }
    return rows.length > 0 && own.length === 0 ? keptFor('it was not created by this hand-over') : REMOVED;
  },
};

/** Custom domains. They belong to the account and have no description; one with the planned properties is used as it is. */
export const domainKind: KindMethods<'domain'> = {
  find: async ({ object: { name, planned }, place, session, ctx, fresh }): Promise<FoundObject | undefined> => {
    const list = () => listApig(session, ctx, 'domains', 'ListDomains');
    const rows = await place.once('domains', list, fresh);
    const row = rows.find((one) => one.name?.toLowerCase() === name.toLowerCase());
    if (row?.domainId === undefined) return undefined;

    const { protocol, certificate, forceHttps, mutualTls } = planned;
    const wanted = {
      protocol,
      forceHttps,
      mTLSEnabled: mutualTls,
      ...defined({ certIdentifier: certificate }),
    };
    const differs = differing(row, wanted);
    return { id: row.domainId, differs, isOurs: differs.length === 0 };
  },
  create: async ({ object: { name, planned }, session, ctx }) => {
    const { protocol, certificate: certIdentifier, forceHttps, mutualTls: mTLSEnabled } = planned;
    const body = { name, protocol, ...defined({ certIdentifier }), forceHttps, mTLSEnabled };
    const { domainId } = await session.apig(ctx, 'CreateDomain', { body });
    return sent(domainId, 'domainId', 'CreateDomain', true);
  },
  remove: async ({ session, ctx }, domainId) => {
    await unlessGone(session.apig(ctx, 'DeleteDomain', { path: { domainId } }));
    return REMOVED;
  },
};
