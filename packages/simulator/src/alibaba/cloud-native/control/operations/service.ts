import { mayDelete } from '../gateway/new-gateway.js';
import { apigFamily, clientToken, neededText, refusals } from '../request/parameters.js';
import { apigList, getGateway, getService } from '../request/find.js';
import { NACOS, readRegistered, registeredAs } from '../registry.js';
import { checkSource, portsOf, HEALTH_CHECK, readHealthCheck, usersOfService, serviceView } from '../service.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { ApigServiceRow } from '../state.js';
import { anything, flag, listOf, required, structure, text, texts, whole, action } from '../../../operation/family.js';

/** Services are not changed while their gateway is changed. @throws {AlibabaError} `Conflict.LockFailed` */
function getFreeService(state: AlibabaRegionState, id: string): ApigServiceRow {
  const row = getService(state, id);
  if (getGateway(state, row.gatewayId).status !== 'Running') throw refusals.lockFailed();

  return row;
}

/** What is unique on a gateway: a name; of a service of a registry with where it is registered [U]. */
function nameKey({ name, registered }: Pick<ApigServiceRow, 'name' | 'registered'>): string {
  if (!registered) return name;

  return `${registered.sourceId} ${registeredAs(registered.namespace, registered.groupName, name)}`;
}

/** Services: what gateways call. */
export const serviceOperations = apigFamily({
  /** Creates one or several. A gateway that is not Running has none yet. Nothing is checked of what is behind an address. */
  CreateService: {
    parameters: {
      gatewayId: neededText,
      sourceType: neededText,
      serviceConfigs: required({
        ...listOf({
          name: text,
          addresses: texts,
          dnsServers: texts,
          namespace: text,
          groupName: text,
          qualifier: text,
          sourceId: text,
          expressType: text,
        }),
        length: [1, 100],
      }),
      resourceGroupId: text,
      clientToken,
    },
    run(call, { gatewayId, sourceType, serviceConfigs, resourceGroupId }) {
      const gateway = getGateway(call.state, gatewayId);
      if (gateway.status !== 'Running') throw refusals.isChanging();

      const { services } = call.state.apig;
      const taken = new Set([...services.values()].filter((row) => row.gatewayId === gatewayId).map(nameKey));
      const wanted = serviceConfigs.map((config) => {
        const { name = '', addresses = [], dnsServers = [] } = config;
        if (name === '') throw refusals.invalid('serviceConfigs.name', 'It is required.');

        checkSource(sourceType, addresses);
        const registered = sourceType === NACOS ? readRegistered(call.state, gatewayId, config) : undefined;
        const row = { name, addresses: registered ? [] : addresses, dnsServers, registered };
        if (taken.has(nameKey(row))) throw refusals.duplicated('ServiceName', name);

        taken.add(nameKey(row));
        return row;
      });
      const serviceIds = wanted.map(({ name, addresses, dnsServers, registered }) => {
        const id = call.id('svc-', 20);
        services.set(id, {
          id,
          gatewayId,
          name,
          sourceType,
          addresses,
          dnsServers,
          registered,
          protocol: 'HTTP',
          ports: portsOf(addresses, 'HTTP'),
          resourceGroupId: resourceGroupId ?? gateway.resourceGroupId,
          healthCheck: undefined,
          checkedFrom: call.now,
          outlierDetection: undefined,
          healthyPanicThreshold: undefined,
          createdAt: call.now,
          modifiedAt: call.now,
        });
        return id;
      });
      return { serviceIds };
    },
  },

  GetService: {
    parameters: { serviceId: neededText },
    run: (call, { serviceId }) => serviceView(call, getService(call.state, serviceId)),
  },

  ListServices: apigList({
    rows: ({ state }) => state.apig.services.values(),
    same: ['gatewayId', 'sourceType', 'resourceGroupId'],
    part: { name: 'name' },
    among: { sourceTypes: 'sourceType' },
    view: (row, call) => serviceView(call, row),
  }),

  /** Members that are not given stay as they are. Addresses that change are checked anew. */
  UpdateService: {
    parameters: {
      serviceId: neededText,
      addresses: texts,
      dnsServers: texts,
      protocol: text,
      ports: listOf({ name: text, port: whole, protocol: text }),
      healthCheckConfig: HEALTH_CHECK,
      outlierDetectionConfig: structure({
        enable: flag,
        baseEjectionTime: whole,
        interval: whole,
        failurePercentageThreshold: whole,
        failurePercentageMinimumHosts: whole,
      }),
      healthyPanicThreshold: anything,
    },
    run(call, input) {
      const row = getFreeService(call.state, input.serviceId);
      const addresses = input.addresses ?? row.addresses;
      checkSource(row.sourceType, addresses);
      const protocol = input.protocol ?? row.protocol;
      const healthCheck = input.healthCheckConfig ? readHealthCheck(input.healthCheckConfig) : row.healthCheck;
      const isSame = addresses === row.addresses && healthCheck === row.healthCheck;
      const ports = input.ports?.map(({ name = '', port = 80, protocol: of = protocol }) => ({
        name,
        port,
        protocol: of,
      }));
      call.state.apig.services.set(row.id, {
        ...row,
        addresses,
        dnsServers: input.dnsServers ?? row.dnsServers,
        protocol,
        ports: ports ?? portsOf(addresses, protocol),
        healthCheck,
        checkedFrom: isSame ? row.checkedFrom : call.now,
        outlierDetection: input.outlierDetectionConfig ?? row.outlierDetection,
        healthyPanicThreshold: input.healthyPanicThreshold ?? row.healthyPanicThreshold,
        modifiedAt: call.now,
      });
      return undefined;
    },
  },

  /** Whether a service that a route names can be deleted is [U]: it is refused, unless that was planted. */
  DeleteService: action({ serviceId: neededText }, (call, { serviceId }) => {
    const row = getFreeService(call.state, serviceId);
    const [user] = usersOfService(call.state, row.id);
    if (user !== undefined && !mayDelete(call.state)) throw refusals.inUse('Service', row.id, user);

    call.state.apig.services.delete(row.id);
    return undefined;
  }),
});
