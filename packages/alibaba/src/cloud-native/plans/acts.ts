import {
  blocks,
  isChanged,
  removes,
  resource,
  UnresolvedValue,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { notCarried, unnoticed } from '../../plans/acts/calls.js';

/** What a gateway takes until it runs, or is gone [M]: Terraform's provider waits for it. */
const GATEWAY_MS = 300_000;

/** What others name of a gateway: its group, and its environment. */
function viewOf(gatewayId: unknown, caller: Caller): Input {
  const { securityGroup, environments } = caller.call('APIG.GetGateway', { gatewayId });
  return {
    security_group: [{ security_group_id: securityGroup?.securityGroupId, name: securityGroup?.name }],
    environments: environments.map(({ environmentId, name, alias }: Input) => ({
      environment_id: environmentId,
      name,
      alias,
    })),
  };
}

/** Where a gateway is: in zones that the service chooses, or in those that are named. */
function placeOf(values: ActValues): Input {
  const [network = {}] = blocks(values['vpc']);
  const [subnet = {}] = blocks(values['vswitch']);
  const [choice = {}] = blocks(values['zone_config']);
  const zones = blocks(values['zones']).map((one) => ({
    zoneId: word(one['zone_id']),
    vSwitchId: word(one['vswitch_id']),
  }));
  return {
    vpcId: word(network['vpc_id']),
    zoneConfig: {
      selectOption: word(choice['select_option']),
      vSwitchId: word(subnet['vswitch_id']),
      ...(zones.length > 0 && { zones }),
    },
  };
}

const CONFIGURED = ['protocol', 'health_check_config', 'outlier_detection_config', 'addresses', 'dns_servers'];

/** Settings of a service are not among those of its creation. */
function configure(serviceId: unknown, values: ActValues, caller: Caller): void {
  const input = caller.fill('APIG.UpdateService', values, { serviceId: '-', ports: '-' });
  if (Object.keys(input).length > 0) caller.call('APIG.UpdateService', { ...input, serviceId });
}

/** What decides where calls of a route go. */
const LEADS = ['backend', 'match', 'domain_ids', 'environment_info'];

const NOT_PUBLISHED =
  'the provider does not publish a change of a route, and whether a route is served as it was before is not documented';

const ROUTE = { name: 'route_name', backendConfig: 'backend', environmentId: '-', deployConfigs: '-' };

function routeOf(operation: string, values: ActValues, caller: Caller): Input {
  const [place = {}] = blocks(values['environment_info']);
  return { ...caller.fill(operation, values, ROUTE), environmentId: word(place['environment_id']) };
}

/** The ID of a route is behind that of its API. */
const ofRoute = ({ id, http_api_id: httpApiId }: ActValues): Input => ({
  httpApiId: word(httpApiId),
  routeId: word(id)?.split(':').at(-1),
});

const DOMAIN = { name: 'domain_name' };

/** Gateways, services, HTTP APIs, routes and domains of Cloud-native API Gateway. The provider publishes nothing. */
export const cloudNativeActs: Readonly<Record<string, Act>> = {
  alicloud_apig_gateway: {
    gives: ['security_group', 'environments'],
    create: async (values, caller) => {
      const [access = {}] = blocks(values['network_access_config']);
      const { gatewayId: id } = caller.call('APIG.CreateGateway', {
        name: word(values['gateway_name']),
        gatewayType: word(values['gateway_type']),
        gatewayEdition: word(values['gateway_edition']),
        spec: word(values['spec']),
        chargeType: word(values['payment_type']) === 'Subscription' ? 'PREPAY' : 'POSTPAY',
        ...placeOf(values),
        networkAccessConfig: { type: word(access['type']) },
      });
      await caller.wait(GATEWAY_MS);
      return { id, ...viewOf(id, caller) };
    },
    update: (before, values, caller) => {
      if (isChanged(before, values, 'gateway_name'))
        caller.call('APIG.UpdateGatewayName', { gatewayId: before['id'], name: word(values['gateway_name']) });
    },
    remove: removes('APIG.DeleteGateway', 'gatewayId'),
    goneMs: GATEWAY_MS,
    readyMs: GATEWAY_MS,
  },
  // The object that is removed from the product: each gateway has one.
  alicloud_apig_environment: {
    create: (values, caller) => {
      const { environments } = caller.call('APIG.GetGateway', { gatewayId: word(values['gateway_id']) });
      return { id: environments[0]?.environmentId };
    },
    update: unnoticed,
    remove: unnoticed,
  },
  alicloud_apig_source: {
    create: (values, caller) => {
      // Whether the registry exists is in no snapshot.
      caller.guess();
      const [nacos] = blocks(values['nacos_source_info']);
      const [cluster] = blocks(values['k8s_source_info']);
      const { sourceId } = caller.call('APIG.CreateSource', {
        gatewayId: word(values['gateway_id']),
        type: word(values['type']),
        ...(nacos && { nacosSourceConfig: { instanceId: word(nacos['instance_id']) } }),
        ...(cluster && { k8sSourceConfig: { clusterId: word(cluster['cluster_id']) } }),
      });
      return { id: sourceId };
    },
    update: unnoticed,
    remove: removes('APIG.DeleteSource', 'sourceId'),
    owners: ['gateway_id'],
  },
  alicloud_apig_service: {
    create: (values, caller) => {
      const operation = 'APIG.CreateService';
      const config = caller.fill(operation, { service_configs: [{ ...values, name: values['service_name'] }] });
      const { serviceIds } = caller.call(operation, {
        gatewayId: word(values['gateway_id']),
        sourceType: word(values['source_type']),
        ...config,
      });
      return { id: serviceIds[0] };
    },
    after: (values, { id }, caller) => {
      const { protocol, health_check_config, outlier_detection_config } = values;
      configure(id, { protocol, health_check_config, outlier_detection_config }, caller);
    },
    update: (before, values, caller) => {
      if (isChanged(before, values, 'source_type', 'gateway_id')) notCarried('another source of a service');
      const changed = CONFIGURED.filter((name) => isChanged(before, values, name));
      configure(before['id'], Object.fromEntries(changed.map((name) => [name, values[name]])), caller);
    },
    remove: removes('APIG.DeleteService', 'serviceId'),
    owners: ['gateway_id'],
  },
  alicloud_apig_http_api: resource('APIG.CreateHttpApi', 'httpApiId', 'APIG.DeleteHttpApi', {
    names: { name: 'http_api_name', deployConfigs: '-', dryRun: '-' },
    input: (input) => (input['type'] === undefined ? notCarried('an HTTP API without a type') : input),
    update: (before, values, caller) => {
      const operation = 'APIG.UpdateHttpApi';
      const filled = caller.fill(operation, updatedValues(before, values), { httpApiId: '-', deployConfigs: '-' });
      caller.call(operation, { ...filled, httpApiId: before['id'] });
    },
  }),
  alicloud_apig_route: {
    gives: ['route_id'],
    create: (values, caller) => {
      const operation = 'APIG.CreateHttpApiRoute';
      const input = routeOf(operation, values, caller);
      const { routeId } = caller.call(operation, input);
      return { id: `${String(input['httpApiId'])}:${String(routeId)}`, route_id: routeId };
    },
    update: (before, values, caller) => {
      const operation = 'APIG.UpdateHttpApiRoute';
      const { deployStatus } = caller.call('APIG.GetHttpApiRoute', ofRoute(before));
      caller.call(operation, {
        ...routeOf(operation, updatedValues(before, values), caller),
        ...ofRoute(before),
      });
      if (deployStatus === 'Deployed' && isChanged(before, values, ...LEADS)) throw new UnresolvedValue(NOT_PUBLISHED);
    },
    remove: (before, caller) => void caller.call('APIG.DeleteHttpApiRoute', ofRoute(before)),
    owners: ['http_api_id'],
  },
  alicloud_apig_domain: resource('APIG.CreateDomain', 'domainId', 'APIG.DeleteDomain', {
    names: DOMAIN,
    // Snapshots have its name.
    prior: ({ domain_name: name }, caller) => {
      const { items = [] } = caller.call('APIG.ListDomains', { nameLike: word(name) });
      const found = items.find((one: Input) => one['name'] === word(name));
      return found === undefined ? {} : { id: found.domainId };
    },
    remove: (before, caller) => {
      const domainId = before['id'];
      const { statisticsInfo } = caller.call('APIG.GetDomain', { domainId, withStatistics: true });
      if (statisticsInfo.totalCount !== '0')
        notCarried(`the deletion of ${word(before['domain_name'])}, which routes name,`);

      caller.call('APIG.DeleteDomain', { domainId });
    },
    update: (before, values, caller) =>
      void caller.call('APIG.UpdateDomain', {
        ...caller.fill('APIG.UpdateDomain', updatedValues(before, values), { ...DOMAIN, domainId: '-' }),
        domainId: before['id'],
      }),
  }),
};
