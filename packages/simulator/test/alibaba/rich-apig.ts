type Row = Readonly<Record<string, any>>;
type Call = (product: 'APIG' | 'Alidns' | 'Vpc', action: string, input: Row) => any;

/** Adds to the world of the actions what those of Cloud-native API Gateway, public DNS and NAT gateways need. */
export async function addApig(
  call: Call,
  place: { readonly vpcId: string; readonly vSwitchId: string },
  wait: () => Promise<void>,
) {
  const { vpcId, vSwitchId } = place;
  const buy = { name: 'orders', spec: 'apigw.dev.x1', chargeType: 'POSTPAY', vpcId, zoneConfig: { vSwitchId } };
  const { gatewayId } = call('APIG', 'CreateGateway', buy);
  const { NatGatewayId } = call('Vpc', 'CreateNatGateway', { VpcId: vpcId, VSwitchId: vSwitchId });
  await wait();
  const { environmentId } = call('APIG', 'GetGateway', { gatewayId }).environments[0];
  const serviceConfigs = [{ name: 'orders', addresses: ['172.16.0.10:8080'] }];
  const { serviceIds } = call('APIG', 'CreateService', { gatewayId, sourceType: 'VIP', serviceConfigs });
  const { domainId } = call('APIG', 'CreateDomain', { name: 'orders.example.com', protocol: 'HTTP' });
  const { httpApiId } = call('APIG', 'CreateHttpApi', { name: 'orders', type: 'Http' });
  const services = [{ serviceId: serviceIds[0], weight: 100 }];
  const route = { httpApiId, name: 'orders', environmentId, domainIds: [domainId], backendConfig: { services } };
  const { routeId } = call('APIG', 'CreateHttpApiRoute', route);
  call('APIG', 'DeployHttpApi', { httpApiId, routeId });
  const rest = call('APIG', 'CreateHttpApi', { name: 'rest', type: 'Rest', basePath: '/rest' });
  const operation = { name: 'mock', method: 'GET', path: '/mock', mock: { enable: true } };
  call('APIG', 'CreateHttpApiOperation', { httpApiId: rest.httpApiId, operations: [operation] });
  const attachment = { attachResourceType: 'GatewayRoute', attachResourceIds: [routeId], gatewayId };
  call('APIG', 'CreateAndAttachPolicy', {
    className: 'Timeout',
    config: '{"unitNum":1}',
    name: 'timeout',
    ...attachment,
  });
  call('APIG', 'CreatePolicy', { className: 'Cors', config: '{}', name: 'cors' });
  const { consumerId } = call('APIG', 'CreateConsumer', {
    name: 'phone',
    akSkIdentityConfigs: [{ generateMode: 'System' }],
  });
  const resourceIdentifier = { resourceId: routeId, parentResourceId: httpApiId, environmentId };
  const rule = { consumerId, resourceType: 'HttpApiRoute', resourceIdentifier };
  call('APIG', 'CreateConsumerAuthorizationRules', { authorizationRules: [rule] });
  call('Alidns', 'AddDomain', { DomainName: 'orders.example.com' });
  for (const Value of ['192.0.2.1', '192.0.2.2']) {
    call('Alidns', 'AddDomainRecord', { DomainName: 'orders.example.com', RR: '@', Type: 'A', Value });
  }
  call('Alidns', 'SetDNSSLBStatus', { SubDomain: 'orders.example.com', Type: 'A', Open: true });
  const { AllocationId, EipAddress } = call('Vpc', 'AllocateEipAddress', {});
  call('Vpc', 'AssociateEipAddress', { AllocationId, InstanceId: NatGatewayId });
  const { SnatTableIds } = call('Vpc', 'DescribeNatGateways', { NatGatewayId }).NatGateways.NatGateway[0];
  const [SnatTableId] = SnatTableIds.SnatTableId;
  call('Vpc', 'CreateSnatEntry', { SnatTableId, SnatIp: EipAddress, SourceVSwitchId: vSwitchId });
  call('Vpc', 'AllocateEipAddress', {});
}
