import { unlessGone } from '@postern/core/adapter';
import type { FoundObject } from '../../run/driver.js';
import { listRules } from '../../../apig/admission.js';
import { listAll } from '../../../apig/pages.js';
import { sent } from '../../../client/plain.js';
import { differing, keptFor, REMOVED, type KindMethods } from './kind.js';

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
    const list = () => listAll(session, ctx, 'ListDomains', 'domains', ({ domainId = '' }) => domainId);
    const rows = await place.once('domains', list, fresh);
    const row = rows.find((one) => one.name?.toLowerCase() === name.toLowerCase());
    if (row?.domainId === undefined) return undefined;
    const { protocol, certificate, forceHttps, mutualTls } = planned;
    const wanted = {
      protocol,
      forceHttps,
      mTLSEnabled: mutualTls,
      ...(certificate === undefined ? {} : { certIdentifier: certificate }),
    };
    const differs = differing(row, wanted);
    return { id: row.domainId, differs, isOurs: differs.length === 0 };
  },
  create: async ({ object: { name, planned }, session, ctx }) => {
    const { protocol, certificate: certIdentifier, forceHttps, mutualTls: mTLSEnabled } = planned;
    const body = {
      name,
      protocol,
      ...(certIdentifier === undefined ? {} : { certIdentifier }),
      forceHttps,
      mTLSEnabled,
    };
    const { domainId } = await session.apig(ctx, 'CreateDomain', { body });
    return sent(domainId, 'domainId', 'CreateDomain', true);
  },
  remove: async ({ session, ctx }, domainId) => {
    await unlessGone(session.apig(ctx, 'DeleteDomain', { path: { domainId } }));
    return REMOVED;
  },
};
