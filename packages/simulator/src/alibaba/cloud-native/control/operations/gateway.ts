import { ALIBABA_REGIONS, APIG_REGIONS, zonesIn } from '../../../operation/regions.js';
import {
  mayDelete,
  newLoadBalancer,
  newManagedGroup,
  networkTypesOf,
  newSubDomain,
  readPlace,
  ZONES,
} from '../gateway/new-gateway.js';
import { environmentView, gatewayView, subDomainViews } from '../gateway/gateway-view.js';
import { changeGateway, startCreation, startDeletion } from '../gateway/gateway-life.js';
import { apigFamily, neededText, tags, hasApigTags, readApigTags, refusals, isListed } from '../request/parameters.js';
import { apigList, getGateway, getRunningGateway } from '../request/find.js';
import type { ApigGatewayRow } from '../state.js';
import { admits, flag, oneOf, required, structure, text, action, texts } from '../../../operation/family.js';
import { addGroupRules, groupRuleView, removeGroupRule } from '../gateway/group-rules.js';

const MONTH_MS = 30 * 86_400_000;
/** The version of the engine [I], and the one that it can be upgraded to. */
const VERSION = '2.1.18';
const name = required({ type: 'string', length: [1, 64] });

/** Gateways, and the rules that they write into the security groups of their backends. */
export const gatewayOperations = apigFamily({
  /**
   * Buys a gateway, which takes minutes to be Running. It takes no client token. POSTPAY is pay-as-you-go.
   * @see https://help.aliyun.com/zh/api-gateway/ai-gateway/developer-reference/api-apig-2024-03-27-creategateway-ai-gateway
   */
  CreateGateway: {
    parameters: {
      name,
      gatewayType: oneOf('API', 'AI'),
      gatewayEdition: oneOf('Professional', 'Serverless', 'MultiTenantServerless'),
      spec: required({ type: 'string', pattern: /^ai?gw\.|^apigw\.|^aigw\./ }),
      chargeType: required(oneOf('POSTPAY', 'PREPAY')),
      vpcId: neededText,
      zoneConfig: ZONES,
      networkAccessConfig: structure({ type: oneOf('Internet', 'Intranet', 'InternetAndIntranet') }),
      logConfig: structure({ sls: structure({ enable: flag }) }),
      resourceGroupId: text,
      tag: tags,
    },
    run(call, input) {
      const place = readPlace(call, input);
      const id = call.id('gw-', 20);
      const environmentId = call.id('env-', 20);
      const types = networkTypesOf(input.networkAccessConfig?.type ?? 'Internet');
      const row: ApigGatewayRow = {
        id,
        name: input.name,
        status: 'Creating',
        type: input.gatewayType ?? 'API',
        edition: input.gatewayEdition ?? 'Professional',
        spec: input.spec,
        chargeType: input.chargeType === 'PREPAY' ? 'PREPAY' : 'POSTPAY',
        resourceGroupId: input.resourceGroupId ?? `rg-acfm${call.account.slice(-10)}`,
        ...place,
        securityGroupId: newManagedGroup(call, place.vpcId, id),
        environmentId,
        loadBalancers: types.map((type) => newLoadBalancer(call, place, type)),
        subDomains: types.map((type) => newSubDomain(call, environmentId, type)),
        interfaceIds: [],
        version: VERSION,
        targetVersion: VERSION,
        tags: readApigTags(input.tag),
        createdAt: call.now,
        modifiedAt: call.now,
        expiresAt: input.chargeType === 'PREPAY' ? call.now + MONTH_MS : undefined,
      };
      call.state.apig.gateways.set(id, row);
      startCreation(call, id);
      return { gatewayId: id };
    },
  },

  GetGateway: action({ gatewayId: neededText }, ({ state }, { gatewayId }) => {
    const row = getGateway(state, gatewayId);
    return {
      ...gatewayView(state, row),
      environments: [environmentView(row)],
      maintenancePeriod: { startTime: '02:00', endTime: '06:00' },
    };
  }),

  /** Lists gateways. A list shows their default domains, a single gateway does not. */
  ListGateways: apigList({
    parameters: { gatewayId: text, gatewayType: text, keyword: text, tag: tags },
    rows: ({ state }, { gatewayId, gatewayType, keyword = '', tag }) =>
      [...state.apig.gateways.values()].filter(
        (row) =>
          admits(gatewayId, row.id) &&
          admits(gatewayType, row.type) &&
          (row.name.includes(keyword) || row.id.includes(keyword)) &&
          hasApigTags(row.tags, tag),
      ),
    same: ['name', 'vpcId', 'resourceGroupId'],
    view: (row, { state }) => ({
      ...gatewayView(state, row),
      legacy: false,
      subDomainInfos: row.status === 'Creating' ? [] : subDomainViews(row.subDomains),
    }),
  }),

  /** The name is in the query, and the body is empty. */
  UpdateGatewayName: action({ gatewayId: neededText, name }, (call, { gatewayId, name: wanted }) => {
    getGateway(call.state, gatewayId);
    changeGateway(call, gatewayId, { name: wanted });
    return undefined;
  }),

  /** Deletes a gateway, some time later. Whether one with services can be deleted is [U]: it is refused, unless that was planted. */
  DeleteGateway: action({ gatewayId: neededText }, (call, { gatewayId }) => {
    const row = getGateway(call.state, gatewayId);
    if (row.status === 'Deleting') return { gatewayId };

    const { services, routes } = call.state.apig;
    const published = [...routes.values()].filter((route) => route.published);
    const of = [...services.values(), ...published].find((one) => one.gatewayId === row.id);
    if (of && !mayDelete(call.state)) throw refusals.inUse('Gateway', row.id, of.id);
    if (row.status !== 'Running' && !row.status.endsWith('Failed')) throw refusals.isChanging();

    startDeletion(call, row.id);
    return { gatewayId };
  }),

  ListZones: {
    parameters: { gatewayEdition: text },
    run: ({ state }) => ({ items: zonesIn(state).map((zoneId) => ({ zoneId, supportQat: 'false' })) }),
  },

  /** The regions that are sold to the account. */
  DescribeRegions: action({ language: text }, () => ({
    regions: ALIBABA_REGIONS.filter(({ id }) => APIG_REGIONS.has(id)).map(({ id, name: localName }) => ({
      regionId: id,
      localName,
      regionEndpoint: `apig.${id}.aliyuncs.com`,
    })),
  })),

  /** The answer has no ID: the rule is found in the list, some seconds later. */
  AddGatewaySecurityGroupRule: {
    parameters: { gatewayId: neededText, securityGroupId: neededText, portRanges: texts, description: text },
    run(call, input) {
      addGroupRules(call, getRunningGateway(call.state, input.gatewayId), input);
      return undefined;
    },
  },

  ListGatewayAuthorizedSecurityGroupRules: apigList({
    parameters: { gatewayId: neededText },
    rows({ state, now }, { gatewayId }) {
      const { id } = getGateway(state, gatewayId);
      return [...state.apig.securityGroupRules.values()].filter((row) => row.gatewayId === id && isListed(now)(row));
    },
    view: (row, call) => groupRuleView(call, row),
  }),

  /** Without `cascadingDelete` the rule in the group of the backend stays [I]. */
  DeleteGatewaySecurityGroupRule: {
    parameters: { gatewayId: neededText, securityGroupRuleId: neededText, cascadingDelete: flag },
    run(call, { gatewayId, securityGroupRuleId, cascadingDelete = false }) {
      getGateway(call.state, gatewayId);
      const row = call.state.apig.securityGroupRules.get(securityGroupRuleId);
      if (row?.gatewayId !== gatewayId) throw refusals.missing('security group rule', securityGroupRuleId);

      removeGroupRule(call, row, !cascadingDelete);
      return undefined;
    },
  },
});
